// What goes wrong at the keyboard and under the page: a clear message in place,
// the typed text kept, nothing lost.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { INTRANET } from './support/chromium.mjs';
import { scratch } from './support/env.mjs';
import { fixture } from './support/fixture.mjs';
import { officer } from './support/officer.mjs';
import { fillUp, stored } from './support/store.mjs';
import { NASTY, longText } from './support/texts.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture({ args: INTRANET });

const scenario = (name, run, prepare) => test(name, () => here.atHome(run, { prepare }));

// The texts that describe a field.
const description = (field) => field.evaluate((it) => {
  const ids = (it.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
  return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
});

async function backupOf(me) {
  const path = join(await scratch(), 'backup.json');
  await (await me.exportBackup()).saveAs(path);
  return readFile(path, 'utf8');
}

const isInvalid = async (field) => (await field.getAttribute('aria-invalid')) === 'true';

scenario('a score that is none is refused beside its field and kept as typed', async (me) => {
  await me.startAssessment();
  const refused = [['abc', /不是数字/], ['-1', /负数/], ['4.005', /两位/], ['9', /不能超过.*4 分/], ['５', /不能超过.*4 分/]];
  const field = me.field(1, '自评得分');
  for (const [text, words] of refused) {
    await me.score(1, text);
    await eventually(() => isInvalid(field), `${text} is refused`);
    assert.match(await description(field), words);
    assert.equal(await field.inputValue(), text);
    await me.seeTotal('得分 0 / 0 / 100');
    await me.seeSaved();
    await me.reload();
    await me.seeValue(1, '自评得分', text);
    assert.ok(await isInvalid(field), `${text} is still refused after a reload`);
    assert.match(await description(field), words);
  }
});

scenario('full-width digits are a score and take the usual form', async (me) => {
  await me.startAssessment();
  for (const [text, kept, total] of [['３', '3', '3'], ['１．５', '1.5', '1.5'], [' 4.00 ', '4', '4'], ['0', '0', '0']]) {
    await me.score(1, text);
    await me.seeValue(1, '自评得分', kept);
    assert.equal(await isInvalid(me.field(1, '自评得分')), false);
    await me.seeTotal(`得分 ${total} / 4 / 100`);
  }
});

scenario('a mended score is no longer refused', async (me) => {
  await me.startAssessment();
  await me.score(1, 'abc');
  await eventually(() => isInvalid(me.field(1, '自评得分')), 'it is refused');
  await me.score(1, '2');
  await eventually(async () => !(await isInvalid(me.field(1, '自评得分'))), 'it is accepted');
  assert.equal(await description(me.field(1, '自评得分')), '');
});

scenario('texts that other programs stumble over stay as they are', async (me) => {
  const huge = longText(40_000);
  await me.startAssessment({ unit: NASTY.formula });
  const texts = { 完成情况说明: huge, 扣分原因: NASTY.formula, 责任单位: NASTY.emoji, 填报人: NASTY.rare };
  for (const [name, text] of Object.entries(texts)) await me.fill(1, name, text);
  await me.addEvidence(1, { 材料名称: `${NASTY.emoji}${NASTY.rare}`, 文号: '<img src=x onerror=alert(1)>' });
  await me.seeSaved();
  await me.reload();
  for (const [name, text] of Object.entries(texts)) await me.seeValue(1, name, text);
  await me.seeValue(1, '材料名称', `${NASTY.emoji}${NASTY.rare}`);
  await me.seeValue(1, '文号', '<img src=x onerror=alert(1)>');
  await me.openPage('打印');
  await me.page.getByText('<img src=x onerror=alert(1)>').waitFor();
});

scenario('a very long, odd name makes a file name and comes back', async (me) => {
  const name = `${NASTY.formula}${NASTY.emoji}${longText(40_000)}`;
  await me.startAssessment({ unit: name });
  const backup = await me.exportBackup();
  assert.match(backup.name, /^=HYPERLINK\(＿http/);
  assert.ok(Buffer.byteLength(backup.name) <= 255, 'a file system takes the name');
  await me.openPage('封面');
  assert.equal(await me.page.getByLabel('填报单位', { exact: true }).inputValue(), name);
  await me.goHome();
  await me.page.getByRole('cell', { name: /HYPERLINK/ }).first().waitFor();
});

scenario('characters that no file can hold are taken out with a notice, the others stay', async (me) => {
  await me.startAssessment();
  const field = me.field(1, '完成情况说明');
  await field.fill(NASTY.control);
  await field.blur();
  await eventually(async () => /已去掉 1 个/.test(await description(field)), 'the notice stands at the field');
  assert.equal(await isInvalid(field), false);
  await me.seeValue(1, '完成情况说明', NASTY.control.replace('\0', ''));
  await me.seeSaved();
  await me.reload();
  await me.seeValue(1, '完成情况说明', NASTY.control.replace('\0', ''));
});

scenario('dates and page numbers that are none are refused beside their fields', async (me) => {
  await me.startAssessment();
  await me.addEvidence(1, { 材料名称: '名录', 形成日期: '去年', 页数: '很多' });
  for (const name of ['形成日期', '页数']) {
    const field = me.field(1, name);
    await eventually(() => isInvalid(field), `${name} is refused`);
    assert.ok((await description(field)).length > 3);
  }
  await me.seeSaved();
  await me.reload();
  await me.seeValue(1, '形成日期', '去年');
  await me.seeValue(1, '页数', '很多');
});

scenario('a new assessment needs a unit, and a due date that is one', async (me) => {
  await me.button('新建自评').click();
  const form = me.dialog('新建自评');
  await form.getByRole('button', { name: '创建', exact: true }).click();
  await form.getByText('请填写填报单位').waitFor();
  await form.getByLabel('填报单位', { exact: true }).fill('东城区');
  await form.getByRole('textbox', { name: '截止日期' }).fill('明天');
  await form.getByRole('button', { name: '创建', exact: true }).click();
  await form.getByText(/截止日期：/).waitFor();
  assert.equal(await form.getByLabel('填报单位', { exact: true }).inputValue(), '东城区');
});

// On an origin without a service worker, so that the quota is the work's alone.
// It is set before the first write, because Chromium remembers what was free.
const onSmallDisk = (name, run, options = {}) => test(name, options, () => here.inContext(async (context) => {
  const address = here.server.url.replace('localhost', 'intranet.test');
  const { origin } = new URL(address);
  const me = officer(await context.newPage());
  const cdp = await context.newCDPSession(me.page);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 200_000 });
  await me.openHome(address);
  await me.startAssessment();
  await me.typeNarrative(1, '满前');
  await me.seeSaved();
  const makeRoom = () => cdp.send('Storage.overrideQuotaForOrigin', { origin });
  await run(me, makeRoom);
}));

onSmallDisk('a full disk is said, the text stays, a backup can be taken, and saving goes on later', async (me, makeRoom) => {
  const text = longText(200_000);
  await me.typeNarrative(1, text);
  await me.seeUnsaved(/存储空间已满/);
  await me.seeValue(1, '完成情况说明', text);
  assert.ok((await backupOf(me)).includes(text), 'the backup holds what is unsaved');
  await me.fill(1, '填报人', '李四');
  await me.seeUnsaved(/存储空间已满/);
  await makeRoom();
  await me.seeSaved();
  await me.reload();
  await me.seeValue(1, '完成情况说明', text);
  await me.seeValue(1, '填报人', '李四');
});

onSmallDisk('on a full disk an assessment opens whole, takes more text, and stores it once there is room', async (me, makeRoom) => {
  await me.score(1, '3.5');
  await me.addEvidence(1, { 材料名称: '会议纪要' });
  await me.choose(1, '已完成');
  await me.seeSaved();
  await fillUp(me.page);
  const before = await stored(me.page);
  await me.reload();
  await me.card(1).waitFor();
  for (const [name, text] of [['完成情况说明', '满前'], ['自评得分', '3.5'], ['材料名称', '会议纪要'], ['填报状态', '已完成']]) {
    await me.seeValue(1, name, text);
  }
  await me.seeTotal('得分 3.5 / 4 / 100');
  assert.equal(await stored(me.page), before, 'opening could not write');

  await me.typeNarrative(1, '满后写的');
  await me.fill(2, '填报人', '李四');
  await me.seeUnsaved(/本机存储空间已满/);
  await me.seeValue(1, '完成情况说明', '满后写的');
  await me.seeValue(2, '填报人', '李四');
  const backup = await backupOf(me);
  for (const text of ['满后写的', '李四', '会议纪要']) assert.ok(backup.includes(text), `the backup holds ${text}`);
  assert.equal(await stored(me.page), before, 'nothing is stored by halves');

  await makeRoom();
  await me.seeSaved();
  await me.reload();
  await me.seeValue(1, '完成情况说明', '满后写的');
  await me.seeValue(2, '填报人', '李四');
  await me.seeValue(1, '材料名称', '会议纪要');
});

onSmallDisk('what a full disk has refused is there after a reload', async (me, makeRoom) => {
  await fillUp(me.page);
  await me.typeNarrative(1, '满后写的');
  await me.seeUnsaved(/本机存储空间已满/);
  await me.reload();
  await me.seeValue(1, '完成情况说明', '满后写的');
  await makeRoom();
  await me.seeSaved();
});

onSmallDisk('what a full disk has refused keeps other work from being opened in its place', async (me, makeRoom) => {
  await me.goHome();
  await me.startAssessment({ unit: '西城区' });
  await me.seeSaved();
  await fillUp(me.page);
  await me.typeNarrative(1, '满后写的');
  await me.seeUnsaved(/本机存储空间已满/);
  await me.goHome();
  await me.page.getByRole('link', { name: /东城区/ }).click();
  await me.seeNotice('当前自评还有内容没有存到本机，先不打开别的');
  await makeRoom();
  await me.seeSaved();
  await me.page.getByRole('link', { name: /西城区/ }).click();
  await me.seeValue(1, '完成情况说明', '满后写的');
});

scenario('where nothing can be stored the program works and says so', async (me) => {
  await me.seeUnsaved(/不允许本页在本机保存/);
  await me.startAssessment();
  await me.typeNarrative(1, '只在窗口中');
  await me.score(1, '3');
  await me.seeTotal('得分 3 / 4 / 100');
  await me.seeUnsaved(/不允许本页在本机保存/);
  assert.ok((await backupOf(me)).includes('只在窗口中'));
  assert.match((await me.exportExcel()).name, /\.xlsx$/);
}, (context) => context.addInitScript(() => {
  const refuse = () => { throw new DOMException('blocked', 'SecurityError'); };
  Object.defineProperty(window, 'localStorage', { get: refuse });
  Object.defineProperty(window, 'sessionStorage', { get: refuse });
  IDBFactory.prototype.open = refuse;
}));

scenario('where there is no localStorage the program saves all the same', async (me) => {
  await me.startAssessment();
  await me.typeNarrative(1, '照常保存');
  await me.seeSaved();
  await me.reload();
  await me.seeValue(1, '完成情况说明', '照常保存');
}, (context) => context.addInitScript(() => {
  Object.defineProperty(window, 'localStorage', { get: () => null });
}));
