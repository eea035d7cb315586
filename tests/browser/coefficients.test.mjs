// 差异系数: from a pasted table of schools to coefficients, what a school needs,
// and a value that is only tried.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture } from './support/fixture.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture();

const HEADS = ['学校名称', '学校类型', '在校生数', '高于规定学历教师数', '骨干教师数', '体育教师数', '艺术教师数', '教学及辅助用房面积',
  '室内体育用房面积', '体育馆面积', '运动场地面积', '教学仪器设备值', '多媒体教室数'];
const school = (name, each) => [name, '小学', 100, each, each, each, 0, each, 0, each, 0, each, each];
const TABLE = [HEADS, school('甲小学', 100), school('乙小学', 300)].map((row) => row.join('\t')).join('\n');

test('a pasted table gives coefficients, the least that is missing, and a trial', () => here.atHome(async (me) => {
  await me.startAssessment();
  await me.openPage('差异系数');
  await me.page.getByText('还没有可以计算的小学或初中').waitFor();
  await me.openPage('学校数据');
  await me.button('粘贴导入…').click();
  const dialog = me.dialog('导入学校数据');
  await dialog.getByRole('textbox').fill(TABLE);
  await dialog.getByText('将新增 2 行').waitFor();
  await dialog.getByRole('button', { name: '导入', exact: true }).click();
  await me.openPage('差异系数');
  const primary = me.page.getByRole('region', { name: '小学', exact: true });
  const composite = primary.getByRole('row', { name: /^综合差异系数/ });
  await eventually(async () => /0\.500\s+< 0\.5（要点 44）\s+未达标/.test(await composite.innerText()), 'exactly 0.5 is not below 0.5');

  await primary.getByText('国家参考：各校七项指标达标情况').click();
  await primary.getByText('达标 0 所、未达标 2 所、缺数据 0 所。').waitFor();
  const national = primary.getByRole('group', { name: '小学各校七项指标' });
  assert.match(await national.getByRole('row', { name: /^甲小学/ }).innerText(), /未达标\s+5 \/ 7/);
  await primary.getByText('国家参考：各校七项指标达标情况').click();

  await primary.getByText('各校情况、达标尚缺和试算：生均教学及辅助用房面积').click();
  const needs = primary.getByRole('row', { name: /^甲小学/ });
  await needs.getByText('350 ㎡').waitFor();
  const trial = primary.getByRole('group', { name: '试算' });
  await trial.getByRole('combobox', { name: '学校' }).selectOption({ label: '甲小学' });
  await trial.getByText('现在：教学及辅助用房面积 100 ㎡；校值 1 ㎡，未达标。').waitFor();
  const text = trial.getByRole('textbox', { name: '改为' });
  const result = trial.getByRole('status');
  await text.fill('３００');
  await trial.getByRole('button', { name: '试算' }).click();
  await trial.getByText('；差异系数由 0.500（达标）变为 0.000（达标）').waitFor();
  await trial.getByText('综合差异系数由 0.500（未达标）变为 0.429（达标）').waitFor();
  await text.fill('200');
  assert.equal(await result.innerText(), '', 'no old result beside a new number');
  await text.press('Enter');
  await trial.getByText('由 100 改为 200：校值 2 ㎡').waitFor();
  await trial.getByRole('combobox', { name: '数据项' }).selectOption({ label: '在校生数（人）' });
  assert.equal(await result.innerText(), '');
  await trial.getByText('现在：在校生数 100 人；校值 1 ㎡').waitFor();
  await me.openPage('学校数据');
  await me.page.getByText('共 2 行').waitFor();
  assert.match(await me.page.locator('#school-rows').innerText(), /100/);

  await me.openPage('填报');
  await me.page.evaluate(() => { location.hash = location.hash.replace(/^(#\/a\/[^/]+).*/, '$1/p/44'); });
  await me.card(44).locator('.z-measure').first().getByText('未达标 0.500').waitFor();
}));
