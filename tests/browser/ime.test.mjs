// Chinese through an input method: every word arrives as it was chosen, in each
// kind of text field, while the page saves by itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture } from './support/fixture.mjs';
import { WORDS, compose, composing } from './support/ime.mjs';
import { pause } from './support/wait.mjs';

const here = fixture();

const scenario = (name, run) =>
  test(name, () => here.atHome(async (me, context) => run(me, await context.newCDPSession(me.page))));

const chosen = (words) => words.map(([word]) => word).join('');

scenario('200 words in all kinds of fields, none wrong, before and after a reload', async (me, cdp) => {
  let typed = 0;
  const type = async (field, words) => {
    await field.click();
    await compose(cdp, words);
    typed += words.length;
  };

  await me.button('新建自评').click();
  const form = me.dialog('新建自评');
  const unit = form.getByLabel('填报单位', { exact: true });
  await type(unit, WORDS.slice(20, 28));
  assert.equal(await unit.inputValue(), chosen(WORDS.slice(20, 28)));
  await form.getByRole('combobox', { name: '指标体系' }).selectOption('beijing-balance-2018');
  await form.getByRole('button', { name: '创建', exact: true }).click();
  await me.card(1).waitFor();

  await me.score(1, '3');
  await me.card(1).getByRole('button', { name: '添加材料', exact: true }).click();
  await me.field(1, '材料名称').waitFor();
  const fields = [
    ['完成情况说明', [...WORDS, ...WORDS]],
    ['扣分原因', WORDS.slice(0, 24)],
    ['材料名称', WORDS.slice(10, 30)],
    ['责任单位', WORDS.slice(18, 30)],
    ['填报人', WORDS.slice(0, 4)],
    ['自评得分', WORDS.slice(30, 34)],
    ['存放位置', WORDS.slice(34, 44)],
  ];
  for (const [name, words] of fields) {
    const field = me.field(1, name);
    if (name === '自评得分') await field.fill('');
    await type(field, words);
    assert.equal(await field.inputValue(), chosen(words), name);
  }
  const search = me.page.getByRole('searchbox', { name: '查找' });
  await type(search, WORDS.slice(0, 18));
  assert.equal(await search.inputValue(), chosen(WORDS.slice(0, 18)), '查找');
  assert.ok(typed >= 200, `${typed} words`);

  await me.seeSaved();
  await me.reload();
  for (const [name, words] of fields) await me.seeValue(1, name, chosen(words));
  await me.openPage('封面');
  const stored = me.page.getByRole('textbox', { name: '填报单位' });
  assert.equal(await stored.inputValue(), chosen(WORDS.slice(20, 28)));
});

scenario('saving, scores and checks do not disturb an open composition', async (me, cdp) => {
  await me.startAssessment();
  const field = me.field(1, '完成情况说明');
  await field.click();
  await me.page.keyboard.insertText('甲');
  await composing(cdp, 'ni');
  await pause(600);
  await composing(cdp, 'nihao');
  await pause(600);
  assert.equal(await field.inputValue(), '甲nihao', 'the composition is still open');
  await cdp.send('Input.insertText', { text: '你好' });
  assert.equal(await field.inputValue(), '甲你好');
  await me.seeSaved();
  await me.reload();
  await me.seeValue(1, '完成情况说明', '甲你好');
});

scenario('text in the middle of a field is composed where the caret is', async (me, cdp) => {
  await me.startAssessment();
  const field = me.field(1, '完成情况说明');
  await field.fill('前后');
  await field.press('Home');
  await me.page.keyboard.press('ArrowRight');
  await compose(cdp, WORDS.slice(0, 10), { between: 60 });
  assert.equal(await field.inputValue(), `前${chosen(WORDS.slice(0, 10))}后`);
  await me.seeSaved();
});

scenario('keys that an input method uses mean nothing to the page', async (me, cdp) => {
  await me.startAssessment();
  await me.field(1, '完成情况说明').click();
  await composing(cdp, 'ni');
  for (const key of ['ArrowDown', '?', 'z']) {
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, windowsVirtualKeyCode: 229, modifiers: 1 });
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key, windowsVirtualKeyCode: 229, modifiers: 1 });
  }
  assert.equal(await me.dialog('快捷键').isVisible(), false);
  assert.equal(await me.field(1, '完成情况说明').evaluate((it) => document.activeElement === it), true);
});
