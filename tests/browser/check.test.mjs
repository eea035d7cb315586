// 量化指标 on the cards and 体检: a figure gives a verdict with its calculation,
// contradictions are named with the way to their place, and can be set aside.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture } from './support/fixture.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture();

const scenario = (name, run) => test(name, () => here.atHome(async (me, context) => {
  await me.startAssessment();
  await run(me, context);
}));

const figure = (me, no, name) => me.card(no).getByLabel(name, { exact: true });
const measure = (me, no, name) => me.card(no).locator('.z-measure').filter({ hasText: name });
const problems = (me, level) => me.page.getByRole('region', { name: level, exact: true });

async function openPoint(me, ordinal) {
  await me.page.evaluate((ordinal) => { location.hash = location.hash.replace(/^(#\/a\/[^/]+).*/, `$1/p/${ordinal}`); }, ordinal);
  await me.card(ordinal).waitFor();
}

async function give(me, no, name, text) {
  await figure(me, no, name).fill(text);
  await figure(me, no, name).blur();
}

scenario('a figure is judged exactly, with the calculation beside it', async (me) => {
  await openPoint(me, 12);
  const share = measure(me, 12, '随迁子女在公办');
  await share.getByText('缺数据', { exact: true }).waitFor();
  await give(me, 12, '在公办学校和已批准民办学校就读的随迁子女数', '８４,９９６');
  await give(me, 12, '随迁子女总数', '100000');
  await share.getByText('未达标 84.996 %').waitFor();
  await share.getByText(/84,996 ÷ 随迁子女总数 100,000 × 100 = 84\.996 %/).waitFor();
  assert.equal(await figure(me, 12, '在公办学校和已批准民办学校就读的随迁子女数').inputValue(), '84996');
  await give(me, 12, '在公办学校和已批准民办学校就读的随迁子女数', '85000');
  await share.getByText('达标 85 %', { exact: true }).waitFor();
  await me.seeSaved();
  await me.reload();
  await share.getByText('达标 85 %', { exact: true }).waitFor();
  assert.equal(await figure(me, 12, '随迁子女总数').inputValue(), '100000');
});

scenario('a figure that is none is kept as typed and named', async (me) => {
  await openPoint(me, 12);
  await give(me, 12, '随迁子女总数', '约一万');
  await eventually(async () => await figure(me, 12, '随迁子女总数').getAttribute('aria-invalid') === 'true', 'it is refused');
  await me.seeSaved();
  await me.openPage('体检');
  await problems(me, '错误').getByText('随迁子女总数“约一万”：不是数字').waitFor();
});

scenario('what the clause leaves open waits for a choice', async (me) => {
  await openPoint(me, 11);
  const rate = measure(me, 11, '义务教育巩固率');
  await rate.getByText(/请先选择口径/).waitFor();
  assert.equal(await figure(me, 11, '初中毕业生数').isVisible(), false);
  await figure(me, 11, '义务教育巩固率的算法').selectOption({ label: '初中三年巩固率' });
  await figure(me, 11, '初中毕业生数').waitFor();
  const texts = { 初中毕业生数: '1180', 初中三年转入学生数: '30', 初中三年转出学生数: '42', 初一在校生数: '1200', 初中三年死亡学生数: '1' };
  for (const [name, text] of Object.entries(texts)) await give(me, 11, name, text);
  await rate.getByText(/^达标 99\.4161…/).waitFor();
  await rate.getByText(/口径：初中三年巩固率/).waitFor();
  await me.button('撤销').click();
  await rate.getByText(/缺：.*死亡学生数/).waitFor();
});

scenario('体检 names a full score with a failed measure, leads to it, and can be told to leave it', async (me) => {
  await openPoint(me, 12);
  await give(me, 12, '在公办学校和已批准民办学校就读的随迁子女数', '8499');
  await give(me, 12, '随迁子女总数', '10000');
  await me.card(12).getByRole('button', { name: '满分' }).click();
  await me.openPage('体检');
  const found = problems(me, '警告').locator('li').filter({ hasText: '84.99 %，要求 ≥ 85 %' });
  await found.getByRole('link', { name: '要点 12' }).click();
  await me.card(12).waitFor();
  await me.openPage('体检');
  await found.getByText('不再提示').click();
  await found.getByRole('textbox', { name: '不再提示的理由' }).fill('以市级核定数为准');
  await found.getByRole('button', { name: '确定' }).click();
  const muted = problems(me, '不再提示');
  await muted.getByText('理由：以市级核定数为准').waitFor();
  await me.seeSaved();
  await me.reload();
  await muted.getByText('理由：以市级核定数为准').waitFor();
  await muted.getByRole('button', { name: '恢复提示' }).click();
  await found.waitFor();
});

scenario('the tree and the header count errors and warnings', async (me) => {
  await openPoint(me, 1);
  await me.card(1).getByRole('button', { name: '满分' }).click();
  const badge = me.page.getByRole('navigation', { name: '页面' }).getByRole('link', { name: '体检', exact: true });
  await eventually(async () => /^体检\s*1$/.test(await badge.innerText()), 'the header counts it');
  await me.page.locator('.z-tree__problems').filter({ hasText: '1' }).first().waitFor();
});
