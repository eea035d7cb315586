// The page is loaded anew, closed, or left for another one while somebody
// types. It can still write its journal then, so nothing at all may be missing.
import { pause } from '../support/wait.mjs';
import { begin, eachRound, noPanic, onDisk, opened, reopened, tally } from './support.mjs';
import { compared, performed, script, typing } from './typing.mjs';

export const name = 'reload';
export const what = 'a page that is loaded anew, closed or left while somebody types loses nothing';
export const rounds = { short: 2, long: 100 };

// Each gives the texts that are found afterwards.
const WAYS = [
  async function reload({ page }) {
    await page.reload();
    return opened(page);
  },
  async function close({ page, context, address }) {
    await Promise.all([page.waitForEvent('close'), page.close({ runBeforeUnload: true })]);
    return reopened(context, address);
  },
  async function leave({ page, url }) {
    await page.goto(`${url}icon.svg`);
    await page.goBack();
    return opened(page);
  },
];

export async function run(options) {
  const figures = { lost: 0, mixed: 0, composing: 0 };
  const failures = await onDisk(options.dist, ({ context, url, reports }) =>
    eachRound({ name, ...options }, async (dice, fail, round) => {
      const { page, cdp, address } = await begin(context, url);
      const strokes = script(dice, { ime: dice.oneIn(4) });
      const typist = typing(page, cdp, strokes);
      await pause(dice.between(300, 4_000));
      typist.stop();
      const way = WAYS[round % WAYS.length];
      const found = await way({ page, context, url, address });
      if (!page.isClosed()) await page.close();

      const typed = performed(strokes, reports(page)).at(-1)?.count ?? 0;
      const verdict = compared(strokes, found, { must: typed, may: typist.started() });
      tally(figures, verdict, found, (why) => fail(`${way.name}: ${why}`));
      figures.composing += strokes[typed - 1]?.composing ?? false;
      noPanic(reports(page), fail);
      return `${way.name}: ${verdict.count} strokes found, ${typed} had to be`;
    }));
  return { rounds: options.rounds, figures, failures };
}
