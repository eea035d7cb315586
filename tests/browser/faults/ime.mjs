// Words through an input method into each kind of field, while the page saves
// by itself and a second window reads along. None comes out wrong, in either
// window, at once or after a reload.
import { compose, WORDS } from '../support/ime.mjs';
import { officer } from '../support/officer.mjs';
import { eventually } from '../support/wait.mjs';
import { begin, eachRound, inMemory, noPanic } from './support.mjs';

export const name = 'ime';
export const what = 'words through an input method come out right in each kind of field, while another window reads along';
// Words in each kind of field.
export const rounds = { short: 0, long: 200 };

const SEARCH = '查找';
const COVER = '填报单位';
const CELL = '学校名称';
const FIELDS = ['完成情况说明', '责任单位', '自评得分', '材料名称', SEARCH, COVER, CELL];

export async function run(options) {
  const figures = { lost: 0, mixed: 0, words: 0, wrong: 0 };
  const failures = await inMemory(options.dist, ({ inContext, url }) => inContext(async (context, reports) => {
    const { page, cdp, address } = await begin(context, url);
    const me = officer(page);
    await me.addEvidence(1, {});
    const reader = officer(await context.newPage());
    await reader.page.goto(address);
    await reader.button('接管编辑').waitFor();

    const check = async (where, field, expected, fail) => {
      const read = async () => (await field.inputValue()) === expected;
      await eventually(read, where).catch(() => {});
      const found = await field.inputValue();
      const wrong = differing([...found], [...expected]);
      figures.wrong += wrong;
      if (wrong) fail(`${where}: ${wrong} characters differ in ${JSON.stringify(found)}`);
    };

    const typed = new Map();
    const failures = await eachRound({ ...options, name, rounds: FIELDS.length - (options.first ?? 0) }, async (dice, fail, round) => {
      const label = FIELDS[round];
      const field = await fieldOf(me, label);
      const from = dice.below(WORDS.length);
      const words = Array.from({ length: options.rounds }, (_, at) => WORDS[(from + at) % WORDS.length]);
      const expected = words.map(([word]) => word).join('');
      await field.fill('');
      await field.click();
      await compose(cdp, words, { between: dice.oneOf([5, 15, 60]) });
      figures.words += words.length;
      await check(`${label}, at once`, field, expected, fail);
      if (label === SEARCH) {
        await field.fill('');
      } else {
        typed.set(label, expected);
        await check(`${label}, read along`, await fieldOf(reader, label), expected, fail);
      }
      return `${label}: ${words.length} words`;
    });
    const fail = (why) => failures.push(`${name} --seed ${options.seed}: ${why}`);
    await me.seeSaved();
    await me.reload();
    for (const [label, expected] of typed) {
      await check(`${label}, after a reload`, await fieldOf(me, label), expected, fail);
    }
    noPanic(reports(page), fail);
    return failures;
  }));
  return { rounds: options.rounds, figures, failures };
}

// Chromium draws a page that is not in front once in a second.
async function fieldOf(me, label) {
  await me.page.bringToFront();
  if (label === CELL) return cellOf(me);
  await me.openPage(label === COVER ? '封面' : '填报');
  if (label === COVER) return me.page.getByRole('textbox', { name: COVER });
  if (label === SEARCH) return me.page.getByRole('searchbox', { name: SEARCH });
  return me.field(1, label);
}

// The first cell of 学校数据, which becomes a field when it is the active one.
async function cellOf(me) {
  await me.openPage('学校数据');
  const cell = me.page.locator(`#school-rows tr[data-at="0"] td[data-column="name"]`);
  const reads = await me.button('接管编辑').count();
  if (!reads && !(await cell.count())) await me.button('添加一行').click();
  await cell.waitFor();
  const field = cell.locator('input');
  if (!(await field.count())) await cell.click();
  await field.waitFor();
  return field;
}

function differing(found, expected) {
  const length = Math.max(found.length, expected.length);
  return Array.from({ length }).filter((_, at) => found[at] !== expected[at]).length;
}
