// Several windows on one piece of work: one writes, the others read along; who
// writes can change, and nothing that was typed anywhere is lost.
// Runs alone: its windows wait for each other by the clock.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INTRANET } from './support/chromium.mjs';
import { SINGLE_FILE } from './support/env.mjs';
import { fixture } from './support/fixture.mjs';
import { officer } from './support/officer.mjs';
import { eventually, pause } from './support/wait.mjs';

const here = fixture({ args: INTRANET });

const intranet = () => here.server.url.replace('localhost', 'intranet.test');
const FORMS = [['localhost', () => here.server.url], ['plain http', intranet], ['single file', () => SINGLE_FILE]];

const scenario = (name, run, address) => test(name, () => here.atHome(async (me, context) => {
  await me.startAssessment();
  await run(me, context);
}, { address }));

async function another(context, address) {
  const other = officer(await context.newPage());
  await other.page.goto(address);
  await other.card(1).waitFor();
  return other;
}

const takeOver = (me) => me.button('接管编辑');
const editable = (me) => me.field(1, '完成情况说明').isEditable();
const seeWriting = (me, within) => eventually(() => editable(me), 'this window writes', within);
const seeReading = async (me) => {
  await takeOver(me).waitFor();
  await eventually(async () => !(await editable(me)), 'this window reads');
};

// Keeps a page busy, as a frozen one is: it hears and writes nothing. Then
// something is typed before it hears of anything.
const freezeAndType = (page, ms, text) => page.evaluate(([ms, text]) => {
  setTimeout(() => {
    const until = performance.now() + ms;
    while (performance.now() < until);
    const field = document.querySelector('#point-1 textarea');
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
}, [ms, text]);

for (const [form, address] of FORMS) {
  scenario(`the second window reads along and can take over, ${form}`, async (first, context) => {
    await first.typeNarrative(1, '第一窗口');
    await first.seeSaved();
    const second = await another(context, first.page.url());
    await second.seeValue(1, '完成情况说明', '第一窗口');
    await seeReading(second);
    for (const name of ['添加材料']) assert.ok(await second.card(1).getByRole('button', { name }).isDisabled());
    assert.ok(await second.card(1).getByRole('combobox', { name: '填报状态' }).isDisabled());
    assert.ok(await second.button('导入').isDisabled());

    await first.typeNarrative(1, '第一窗口又写了');
    await first.choose(2, '已完成');
    await first.addEvidence(1, { 材料名称: '会议纪要' });
    await second.seeValue(1, '完成情况说明', '第一窗口又写了');
    await eventually(async () => (await second.card(2).getByRole('combobox', { name: '填报状态' }).inputValue()) === '已完成', 'the state is followed');
    await second.seeValue(1, '材料名称', '会议纪要');

    await takeOver(second).click();
    await seeWriting(second);
    await seeReading(first);
    await second.typeNarrative(1, '第二窗口');
    await second.seeSaved();
    await first.seeValue(1, '完成情况说明', '第二窗口');
    await first.page.close();
    await second.reload();
    await second.seeValue(1, '完成情况说明', '第二窗口');
    await seeWriting(second);
  }, address);

  scenario(`a window whose writer was closed or has crashed goes on writing by itself, ${form}`, async (first, context) => {
    await first.typeNarrative(1, '第一窗口');
    await first.seeSaved();
    const second = await another(context, first.page.url());
    await seeReading(second);
    // The field that has the focus here still shows the text before.
    await second.field(1, '完成情况说明').focus();
    await first.typeNarrative(1, '第一窗口的最后一句');
    await first.seeSaved();
    await first.page.close();
    await seeWriting(second, 2_000);
    await second.seeValue(1, '完成情况说明', '第一窗口的最后一句');
    await second.seeSaved();
    await second.seeValue(1, '完成情况说明', '第一窗口的最后一句');
    await second.typeNarrative(1, '第二窗口');
    await second.seeSaved();

    const third = await another(context, second.page.url());
    await seeReading(third);
    const cdp = await context.newCDPSession(second.page);
    cdp.send('Page.crash').catch(() => {});
    await second.page.waitForEvent('crash');
    await seeWriting(third, 2_000);
    await third.seeValue(1, '完成情况说明', '第二窗口');
  }, address);
}

for (const [form, address] of FORMS.slice(0, 2)) {
  scenario(`what a frozen window could not store is kept field by field, ${form}`, async (first, context) => {
    await first.typeNarrative(1, '原来的');
    await first.typeNarrative(2, '第二点');
    await first.seeSaved();
    const second = await another(context, first.page.url());
    await seeReading(second);
    await freezeAndType(first.page, 4_000, '原来的，第一窗口改');
    await takeOver(second).click();
    await seeWriting(second, 4_000);
    await second.typeNarrative(1, '原来的，第二窗口改');
    await second.seeSaved();
    await seeReading(first);
    await first.seeValue(1, '完成情况说明', '原来的，第二窗口改');
    await first.seeNotice('未写入');

    await second.openPage('历史');
    const apart = second.page.getByRole('region', { name: '未并入的修改' });
    const one = apart.getByRole('article', { name: '要点 1 完成情况说明' });
    for (const text of ['原来的，第一窗口改', '原来的，第二窗口改']) await one.getByText(text, { exact: true }).waitFor();
    await one.getByRole('button', { name: '接在后面' }).click();
    await apart.getByRole('button', { name: '处理完毕，移除' }).click();
    await eventually(async () => (await apart.count()) === 0, 'nothing is left to merge');
    await second.openPage('填报');
    await second.seeValue(1, '完成情况说明', '原来的，第二窗口改\n原来的，第一窗口改');
    await second.seeSaved();
    await second.button('撤销').click();
    await second.seeValue(1, '完成情况说明', '原来的，第二窗口改');
  }, address);
}

scenario('two pieces of work in two windows do not touch each other', async (first, context) => {
  await first.typeNarrative(1, '东城区的');
  await first.seeSaved();
  const second = officer(await context.newPage());
  await second.openHome(here.server.url);
  await second.startAssessment({ unit: '西城区' });
  await second.typeNarrative(1, '西城区的');
  await second.seeSaved();
  await first.typeNarrative(1, '东城区的，续');
  await first.seeSaved();
  assert.equal(await takeOver(first).count() + await takeOver(second).count(), 0);
  await pause(1_000);
  await second.seeValue(1, '完成情况说明', '西城区的');
});
