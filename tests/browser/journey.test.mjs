// The main job from the first page to the last, hosted and as one file.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixture } from './support/fixture.mjs';
import { BALANCE, DUTIES, REFORM, TASKS, officer } from './support/officer.mjs';
import { eventually } from './support/wait.mjs';

const CATALOGUES = [
  { title: DUTIES, label: '要点', first: 1, points: 40, units: true },
  { title: BALANCE, label: '要点', first: 1, points: 54, scored: true, units: true },
  { title: REFORM, label: '任务', first: 1, points: 26, units: true },
  { title: TASKS, label: '任务', first: 1, points: 62, units: false },
];

const here = fixture();

for (const [form, address] of here.forms) {
  describe(`journey, ${form}`, () => {
    // What cannot depend on the form is tried in one of them.
    const alike = (name, run) => form === 'hosted' && scenario(name, run);
    const scenario = (name, run) => test(name, () => here.atHome(run, { address }));

    scenario('each catalogue can be started and shows its points', async (me) => {
      for (const { title, label, first, points, scored, units } of CATALOGUES) {
        await me.button('新建自评').click();
        const form = me.dialog('新建自评');
        await form.getByRole('combobox', { name: '指标体系' }).selectOption({ label: title });
        const offered = form.locator('#new-units option[value="东城区"]');
        assert.equal(await offered.count(), units ? 1 : 0, `${title} offers 东城区`);
        await form.getByRole('button', { name: '取消', exact: true }).click();

        await me.startAssessment({ catalogue: title, unit: '云河区' });
        await me.card(first, label).waitFor();
        assert.ok((await me.total()).includes(`已完成 0 / ${points}`), await me.total());
        const score = me.card(first, label).getByRole('textbox', { name: '自评得分', exact: true });
        assert.equal(await score.count(), scored ? 1 : 0);
        await me.typeNarrative(first, `${title}：已落实。`, label);
        await me.choose(first, '已完成', label);
        await me.seeSaved();
        await me.seeTotal(`已完成 1 / ${points}`);
        await me.goHome();
      }
      const rows = me.page.getByRole('row');
      assert.equal(await rows.count(), 1 + CATALOGUES.length);
      for (const { points } of CATALOGUES) await rows.filter({ hasText: `1 / ${points}` }).waitFor();
    });

    scenario('what was filled in is there after a reload and in a new tab, at the same group', async (me, context) => {
      await me.startAssessment({ unit: '东城区', due: '2026-12-31' });
      await me.openGroup('（七）条件装备');
      await me.typeNarrative(17, '实验室和功能教室全部达标。\n第二行。');
      await me.score(17, '1.5');
      await me.fill(17, '扣分原因', '两所学校仍缺专用教室');
      await me.fill(17, '责任单位', '区教委、区财政局');
      await me.fill(17, '填报人', '张三');
      await me.choose(17, '已完成');
      await me.score(16, '2');
      await me.choose(18, '不适用');
      await me.fill(18, '不适用理由', '本区没有此类学校');
      await me.addEvidence(17, { 材料名称: '装备台账', 文号: '教发〔2026〕3号', 形成日期: '2023-9', 页数: '12', 存放位置: 'A柜' });
      await me.seeTotal('得分 3.5 / 4 / 100');
      await me.seeTotal('已完成 2 / 54（含不适用 1）');
      await me.seeSaved();

      const check = async (officer) => {
        await officer.seeValue(17, '完成情况说明', '实验室和功能教室全部达标。\n第二行。');
        await officer.seeValue(17, '自评得分', '1.5');
        await officer.seeValue(17, '扣分原因', '两所学校仍缺专用教室');
        await officer.seeValue(17, '责任单位', '区教委、区财政局');
        await officer.seeValue(17, '填报人', '张三');
        await officer.seeValue(17, '填报状态', '已完成');
        await officer.seeValue(18, '不适用理由', '本区没有此类学校');
        await officer.seeValue(17, '材料名称', '装备台账');
        await officer.seeValue(17, '形成日期', '2023年9月');
        await officer.seeTotal('得分 3.5 / 4 / 100');
      };
      await me.reload();
      await check(me);
      assert.match(await me.page.locator('#group-heading').innerText(), /条件装备/);

      const other = officer(await context.newPage());
      await other.openHome(address());
      await other.page.getByRole('row').filter({ hasText: '东城区' }).getByRole('link').click();
      await check(other);
      assert.match(await other.page.locator('#group-heading').innerText(), /条件装备/);
      assert.equal(await other.field(17, '完成情况说明').isVisible(), true);
    });

    scenario('工作台 copies, renames and deletes, and a deletion is taken back', async (me) => {
      await me.startAssessment({ unit: '西城区' });
      await me.typeNarrative(1, '原件内容');
      await me.seeSaved();
      await me.goHome();
      const row = (name) => me.page.getByRole('row').filter({ has: me.page.getByRole('link', { name, exact: true }) });
      const name = await me.page.getByRole('row').nth(1).getByRole('link').innerText();

      await row(name).getByRole('button', { name: /^复制/ }).click();
      await row(`${name} 副本`).waitFor();
      await row(`${name} 副本`).getByRole('button', { name: /^改名/ }).click();
      await me.dialog('改名').getByRole('textbox', { name: '名称' }).fill('西城二稿');
      await me.dialog('改名').getByRole('button', { name: '改名', exact: true }).click();
      await row('西城二稿').waitFor();

      await me.page.getByRole('link', { name: '西城二稿', exact: true }).click();
      await me.seeValue(1, '完成情况说明', '原件内容');
      await me.typeNarrative(1, '副本内容');
      await me.seeSaved();
      await me.goHome();
      await me.page.getByRole('link', { name, exact: true }).click();
      await me.seeValue(1, '完成情况说明', '原件内容');
      await me.goHome();

      await row('西城二稿').getByRole('button', { name: /^删除/ }).click();
      await row('西城二稿').waitFor({ state: 'detached' });
      await (await me.seeNotice('已删除')).getByRole('button', { name: '撤销' }).click();
      await row('西城二稿').waitFor();
      await me.reload();
      await me.page.getByRole('link', { name: '西城二稿', exact: true }).click();
      await me.seeValue(1, '完成情况说明', '副本内容');
      await me.goHome();
      await row('西城二稿').getByRole('button', { name: /^删除/ }).click();
      await row('西城二稿').waitFor({ state: 'detached' });
      await me.reload();
      await row(name).waitFor();
      assert.equal(await row('西城二稿').count(), 0);
    });

    alike('more than 200 steps across points are undone and done again', async (me) => {
      await me.startAssessment();
      const groups = ['（一）立德树人', '（二）统筹规划'];
      const expected = new Map();
      const steps = 210;
      for (let step = 0; step < steps; step++) {
        if (step % 70 === 0) await me.openGroup(groups[(step / 70) % 2]);
        const no = ((step / 70) | 0) % 2 === 0 ? 1 + (step % 2) : 3 + (step % 2);
        await me.typeNarrative(no, `第${step}步`);
        expected.set(no, `第${step}步`);
      }
      await me.openGroup(groups[0]);
      for (let step = 0; step < 20; step++) await me.button('撤销').click();
      await me.page.locator('#group-heading').click();
      for (let step = 20; step < steps; step++) await me.page.keyboard.press('Control+z');
      assert.equal(await me.button('撤销').isEnabled(), false, 'nothing is left to undo');
      for (const group of groups) {
        await me.openGroup(group);
        await eventually(() => me.cards().count(), 'cards');
        for (const field of await me.page.getByLabel('完成情况说明', { exact: true }).all()) {
          assert.equal(await field.inputValue(), '');
        }
      }
      for (let step = 0; step < 20; step++) await me.button('重做').click();
      await me.page.locator('#group-heading').click();
      for (let step = 20; step < steps; step++) await me.page.keyboard.press('Control+y');
      assert.equal(await me.button('重做').isEnabled(), false, 'nothing is left to do again');
      await me.seeSaved();
      await me.reload();
      for (const [no, text] of expected) {
        await me.openGroup(groups[no < 3 ? 0 : 1]);
        await me.seeValue(no, '完成情况说明', text);
      }
    });

    alike('undo goes to the group where the step was made', async (me) => {
      await me.startAssessment();
      await me.typeNarrative(1, '第一组');
      await me.openGroup('（七）条件装备');
      await me.typeNarrative(17, '第七组');
      await me.button('撤销').click();
      await me.seeValue(17, '完成情况说明', '');
      await me.button('撤销').click();
      await me.seeValue(1, '完成情况说明', '');
      await me.button('重做').click();
      await me.button('重做').click();
      await me.seeValue(17, '完成情况说明', '第七组');
    });

    alike('a field may go away while it has the focus', async (me) => {
      await me.startAssessment();
      await me.card(1).getByRole('button', { name: '添加材料', exact: true }).click();
      await eventually(() => me.field(1, '材料名称').evaluate((it) => document.activeElement === it), 'its name has the focus');
      await me.page.keyboard.press('Control+z');
      await eventually(async () => (await me.field(1, '材料名称').count()) === 0, 'the row is gone');
      await me.openGroup('（二）统筹规划');
      await me.field(3, '完成情况说明').click();
      await me.page.keyboard.insertText('正在写');
      await me.page.goBack();
      await me.card(1).waitFor();
      await me.page.goForward();
      await me.seeValue(3, '完成情况说明', '正在写');
      await me.seeSaved();
    });

    alike('undo takes back states, scores, rows and their order', async (me) => {
      await me.startAssessment();
      await me.score(1, '3');
      await me.choose(1, '已完成');
      await me.addEvidence(1, { 材料名称: '甲' });
      await me.addEvidence(1, { 材料名称: '乙' });
      const names = () => me.card(1).getByLabel('材料名称', { exact: true });
      await me.card(1).getByRole('button', { name: /^下移 / }).first().click();
      await eventually(async () => (await names().first().inputValue()) === '乙', 'the rows changed places');
      await me.card(1).getByRole('button', { name: /^移除 / }).first().click();
      await eventually(async () => (await names().count()) === 1, 'one row is left');
      await me.button('撤销').click();
      await eventually(async () => (await names().count()) === 2, 'the row is back');
      assert.equal(await names().first().inputValue(), '乙');
      await me.button('撤销').click();
      await eventually(async () => (await names().first().inputValue()) === '甲', 'the order is back');
      for (let step = 0; step < 4; step++) await me.button('撤销').click();
      await eventually(async () => (await names().count()) === 0, 'no rows');
      await me.seeTotal('得分 3 / 4 / 100');
      for (let step = 0; step < 3 && (await me.button('撤销').isEnabled()); step++) await me.button('撤销').click();
      await me.seeTotal('得分 0 / 0 / 100');
      await me.seeValue(1, '填报状态', '未填');
    });

    scenario('the example is marked, opened once and deleted in one click', async (me) => {
      await me.button('打开示例').click();
      await me.page.getByText('示例，非真实填报').first().waitFor();
      await me.openPage('分析');
      await me.page.getByRole('heading', { name: '分析', exact: true }).waitFor();
      await me.goHome();
      await me.button('打开示例').click();
      await me.page.getByText('示例，非真实填报').first().waitFor();
      await me.goHome();
      assert.equal(await me.page.getByRole('row').count(), 2, 'one example alone');
      await me.page.getByRole('button', { name: /^删除/ }).click();
      await me.page.getByText('本机还没有自评').waitFor();
      await me.reload();
      await me.page.getByText('本机还没有自评').waitFor();
    });
  });
}
