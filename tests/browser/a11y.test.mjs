// For people who use a keyboard, a screen reader, or an old browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seriousFindings } from './support/axe.mjs';
import { fixture } from './support/fixture.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture();

const scenario = (name, run, options) => test(name, () => here.atHome(run, { options }));

for (const [size, options] of [
  ['on a desktop', {}],
  ['on a narrow screen', { viewport: { width: 480, height: 900 } }],
]) {
  scenario(`no page has a serious finding of axe, ${size}`, async (me) => {
    const check = async (name) => assert.deepEqual(await seriousFindings(me.page), [], name);
    await check('工作台, empty');
    await me.button('新建自评').click();
    await me.dialog('新建自评').waitFor();
    await check('新建自评');
    await me.dialog('新建自评').getByRole('button', { name: '取消' }).click();
    await me.button('打开示例').click();
    await me.card(1).waitFor();
    await check('填报');
    await me.score(2, '9');
    await me.choose(1, '不适用');
    await me.field(1, '完成情况说明').focus();
    await check('填报, with a refused value and help');
    for (const page of ['学校数据', '差异系数', '分析', '体检', '封面', '打印', '历史']) {
      await me.openPage(page);
      await me.page.locator('main h1').waitFor();
      await check(page);
    }
    await me.button('快捷键').click();
    await me.dialog('快捷键').waitFor();
    await check('快捷键');
    await me.dialog('快捷键').getByRole('button', { name: '关闭' }).click();
    await me.goHome();
    await check('工作台, with a row');
  }, options);
}

scenario('in 大字 no page has a serious finding either', async (me) => {
  await me.button('大字').click();
  await me.button('打开示例').click();
  await me.card(1).waitFor();
  assert.deepEqual(await seriousFindings(me.page), []);
});

scenario('the main job is done by the keyboard alone', async (me) => {
  const { keyboard } = me.page;
  const focusIs = (look, what) => eventually(() => me.page.evaluate(look), what, 5000);
  const tabTo = async (look, arg, what) => {
    for (let presses = 0; presses < 200; presses++) {
      if (await me.page.evaluate(look, arg)) return;
      await keyboard.press('Tab');
    }
    assert.fail(`Tab does not reach ${what}`);
  };
  const named = (name) => tabTo((wanted) => {
    const it = document.activeElement;
    return it.labels?.[0]?.textContent === wanted || it.getAttribute('aria-label') === wanted || it.textContent === wanted;
  }, name, name);

  await named('新建自评');
  await keyboard.press('Enter');
  await me.dialog('新建自评').waitFor();
  await focusIs(() => document.activeElement.closest('dialog') !== null, 'the focus is in the dialog');
  await named('指标体系');
  await keyboard.type('北京市推进');
  await named('填报单位');
  await keyboard.type('东城区');
  await keyboard.press('Enter');
  await me.card(1).waitFor();

  await keyboard.press('Alt+ArrowDown');
  await focusIs(() => document.activeElement.matches('#point-1 textarea'), 'the first point has the focus');
  await keyboard.type('键盘填写');
  await keyboard.press('Alt+ArrowDown');
  await focusIs(() => document.activeElement.matches('#point-2 textarea'), 'the second point has it');
  await keyboard.press('Alt+ArrowDown');
  await focusIs(() => document.activeElement.matches('#point-3 textarea'), 'the third, in the next group, has it');
  await keyboard.press('Alt+ArrowUp');
  await focusIs(() => document.activeElement.matches('#point-2 textarea'), 'the second has it again');
  await keyboard.press('Alt+PageDown');
  await me.card(3).waitFor();
  await keyboard.press('Alt+PageUp');
  await me.card(1).waitFor();

  await keyboard.press('Alt+ArrowDown');
  await me.page.locator('#point-2').waitFor();
  await me.field(1, '自评得分').focus();
  await keyboard.type('3.5');
  await named('填报状态');
  await keyboard.press('Control+s');
  await me.seeTotal('得分 3.5 / 4 / 100');
  await me.seeSaved();
  await tabTo(() => document.activeElement.textContent === '导出备份', null, '导出备份');
  const backup = await me.download(() => keyboard.press('Enter'));
  assert.match(backup.name, /东城区/);
  await keyboard.press('Shift+?');
  await me.dialog('快捷键').waitFor();
  await me.dialog('快捷键').getByText('下一个要点').waitFor();
  await keyboard.press('Escape');
  await me.dialog('快捷键').waitFor({ state: 'hidden' });
  await focusIs(() => document.activeElement.textContent === '导出备份', 'the focus is back where it was');
  await keyboard.press('/');
  await focusIs(() => document.activeElement.id === 'search', 'the search has the focus');
  await keyboard.type('党的建设');
  await keyboard.press('Enter');
  await me.page.getByText(/找到 \d+ 个要点/).waitFor();
});

scenario('a filter does not take away the card that is being edited', async (me) => {
  await me.startAssessment();
  await me.page.getByRole('combobox', { name: '筛选' }).selectOption('未填');
  await me.page.getByText('找到 54 个要点').waitFor();
  await me.typeNarrative(1, '写了就不再是未填');
  await me.choose(1, '已完成');
  await me.seeSaved();
  await me.seeValue(1, '完成情况说明', '写了就不再是未填');
  await me.page.getByRole('combobox', { name: '筛选' }).selectOption('已完成');
  await me.page.getByText('找到 1 个要点').waitFor();
  await me.card(1).waitFor();
  assert.equal(await me.cards().count(), 1);
});

for (const [form, address] of here.forms) {
  test(`a browser that is too old gets one plain sentence, ${form}`, () => here.inContext(async (context) => {
    await context.addInitScript(() => { delete window.DecompressionStream; });
    const page = await context.newPage();
    await page.goto(address());
    await page.getByText(/您的浏览器版本过旧.*Chromium.*Firefox.*Safari/).waitFor();
    assert.equal(await page.locator('.z-home').count(), 0);
  }));
}
