// Files come back: a submission that somebody edited elsewhere comes in change by change,
// shown before anything happens, and is taken back in one step.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { scratch } from './support/env.mjs';
import { fixture } from './support/fixture.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture();
const run = promisify(execFile);
const PYTHON = process.env.ZHIDU_PYTHON;
const SCRIPT = new URL('./support/edit_submission.py', import.meta.url).pathname;

async function exported(me) {
  const path = join(await scratch(), '东城区.xlsx');
  await (await me.exportExcel()).saveAs(path);
  return path;
}

async function edited(path, edits, name = '改过的.xlsx') {
  const target = join(await scratch(), name);
  await run(PYTHON, [SCRIPT, path, target, JSON.stringify(edits)]);
  return target;
}

const change = (me, name) => me.page.getByRole('article', { name, exact: true });
const POINT = (no) => `beijing-balance-2018.${String(no).padStart(2, '0')}`;
const narrative = (no, text) => ({ sheet: '自评表', key: POINT(no), column: '完成情况说明', text });

const scenario = (name, steps) => {
  for (const [form, address] of here.forms) {
    test(`${name}, ${form}`, { skip: !PYTHON && 'needs Python with openpyxl' }, () => here.atHome(steps, { address }));
  }
};

scenario('a submission that was edited elsewhere comes in change by change and is taken back in one step', async (me) => {
  await me.startAssessment();
  await me.typeNarrative(1, '一是建立机制。二是保障经费。三是强化督导。四是公开结果。');
  await me.typeNarrative(2, '原来的第二点。');
  await me.openGroup('（二）统筹规划');
  await me.typeNarrative(3, '原来的第三点。');
  await me.openGroup('（一）立德树人');
  await me.seeSaved();
  const file = await edited(await exported(me), [
    narrative(1, '一是健全机制。二是保障经费。三是强化督导。四是公开结果。'),
    narrative(2, '对方写的第二点。'),
    narrative(3, null),
    narrative(4, '对方新写的第四点。'),
    { sheet: '自评表', key: POINT(4), column: '自评得分', text: '1.5' },
    { sheet: '佐证材料目录', append: ['', '新的通知', '东教发〔2026〕9号', '2026年5月', '区财政局', '3', '', '2'] },
  ]);
  // Meanwhile here: another sentence of the first, another text of the second.
  await me.typeNarrative(1, '一是建立机制。二是保障经费。三是强化督导。四是向社会公开结果。');
  await me.typeNarrative(2, '本机写的第二点。');
  await me.seeSaved();

  await me.importFile(file);
  const dialog = me.dialog('导入');
  await dialog.getByRole('button', { name: '逐处核对合并', exact: true }).click();
  await me.page.getByRole('heading', { name: '合并' }).waitFor();
  await me.page.getByText(/只有对方改了 \d+ 处.*两边改在不同处 1 处，两边改得不同 1 处。还有 1 处要您选择/).waitFor();
  const apply = me.page.getByRole('button', { name: /^(确定，|还有 \d+ 处要选择)/ }).first();
  assert.ok(await apply.isDisabled(), 'nothing is written before the person has decided');
  const merged = change(me, '要点 1 完成情况说明');
  assert.equal((await merged.locator('dd').last().innerText()).trim(), '一是健全机制。二是保障经费。三是强化督导。四是向社会公开结果。');
  const conflict = change(me, '要点 2 完成情况说明');
  for (const text of ['原来的第二点。', '对方写的第二点。', '本机写的第二点。']) {
    assert.ok((await conflict.innerText()).includes(text), text);
  }
  const emptied = change(me, '要点 3 完成情况说明');
  assert.equal(await emptied.getByRole('button', { name: '用本机' }).getAttribute('aria-pressed'), 'true');
  // A click right after typing a text of one's own does what it is meant for.
  await emptied.getByText('自己改').click();
  await emptied.getByRole('textbox').fill('我自己写的第三点。');
  await conflict.getByRole('button', { name: '两段都要', exact: true }).click({ delay: 80 });
  await eventually(async () => (await emptied.locator('summary').innerText()).includes('✓'), 'the own text is chosen');
  assert.equal(await conflict.getByRole('button', { name: '两段都要' }).getAttribute('aria-pressed'), 'true');
  await emptied.getByRole('button', { name: '用本机', exact: true }).click();
  assert.equal(await emptied.getByRole('textbox').inputValue(), '我自己写的第三点。', 'the own text is still there');
  await eventually(() => apply.isEnabled(), 'everything is decided');
  // What was decided is nowhere else: the browser asks before the page is left.
  const wouldAsk = () => me.page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
  assert.equal(await wouldAsk(), true);
  await apply.click();
  await me.seeNotice(/已写入 \d+ 处/);
  assert.equal(await wouldAsk(), false);
  await me.openPage('填报');
  await me.seeValue(1, '完成情况说明', '一是健全机制。二是保障经费。三是强化督导。四是向社会公开结果。');
  await me.seeValue(2, '完成情况说明', '本机写的第二点。\n对方写的第二点。');
  await me.seeValue(2, '材料名称', '新的通知');
  await me.openGroup('（二）统筹规划');
  await me.seeValue(3, '完成情况说明', '原来的第三点。');
  await me.seeValue(4, '完成情况说明', '对方新写的第四点。');
  await me.seeSaved();

  await me.openPage('历史');
  await me.page.locator('.z-log').getByText('合并文件').first().waitFor();
  assert.match(await me.page.locator('.z-log li').first().innerText(), /合并文件 “改过的\.xlsx”（东城区）/);
  await me.page.getByText('未并入的修改').first().waitFor();
  await me.button('撤销').click();
  await me.openPage('填报');
  await me.openGroup('（一）立德树人');
  await me.seeValue(1, '完成情况说明', '一是建立机制。二是保障经费。三是强化督导。四是向社会公开结果。');
  await me.seeValue(2, '完成情况说明', '本机写的第二点。');
  assert.equal(await me.card(2).getByRole('group', { name: /^材料 / }).count(), 0);
});

scenario('a submission that nobody touched says no difference, and one of work that is not here is taken as new', async (me) => {
  await me.startAssessment();
  await me.typeNarrative(1, '没有人改过。');
  await me.seeSaved();
  const path = await exported(me);
  await me.importFile(path);
  const dialog = me.dialog('导入');
  await dialog.getByText('内容完全相同，无需导入').waitFor();
  await dialog.getByRole('button', { name: '取消', exact: true }).click();
  await me.goHome();
  await me.page.getByRole('button', { name: /^删除/ }).first().click();
  await me.seeNotice('已删除');
  await me.importFile(path);
  await dialog.getByRole('button', { name: '导入', exact: true }).click();
  await me.card(1).waitFor();
  await me.seeValue(1, '完成情况说明', '没有人改过。');
});

scenario('several files come in at once: each is told by its content, and one that cannot be taken stops no other', async (me) => {
  await me.startAssessment();
  await me.typeNarrative(1, '原来的。');
  await me.seeSaved();
  const path = await exported(me);
  const first = await edited(path, [narrative(1, '甲处改的。')], '甲.xlsx');
  const second = await edited(path, [narrative(2, '乙处写的。')], '乙.xlsx');
  const [chooser] = await Promise.all([me.page.waitForEvent('filechooser'), me.button('导入').click()]);
  const junk = join(await scratch(), '随手.txt');
  await writeFile(junk, '你好');
  await chooser.setFiles([junk, first, second]);
  await me.seeNotice('“随手.txt”未导入');
  const merge = me.dialog('导入').getByRole('button', { name: '逐处核对合并', exact: true });
  const apply = me.page.getByRole('button', { name: /^确定，写入 \d+ 处$/ }).first();
  // One after the other is asked about, and waits on the page.
  await merge.click();
  await me.dialog('导入').getByText('乙.xlsx').waitFor();
  await merge.click();
  await me.page.getByText('“甲.xlsx”').waitFor();
  await apply.click();
  await me.page.getByText('“乙.xlsx”').waitFor();
  await apply.click();
  await me.card(1).waitFor();
  await me.seeValue(1, '完成情况说明', '甲处改的。');
  await me.seeValue(2, '完成情况说明', '乙处写的。');
});

scenario('a table of schools that comes by 导入 is taken to 学校数据', async (me) => {
  await me.startAssessment();
  await me.seeSaved();
  const table = join(await scratch(), '各校.csv');
  await writeFile(table, '学校名称,学段,在校生数\n青禾小学,小学,480\n云溪小学,小学,300\n');
  await me.importFile(table);
  await me.dialog('导入学校数据').getByText('将新增 2 行').waitFor();
});
