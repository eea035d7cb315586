// A program that stops again and again: after three panics within a minute it
// starts read-only, and its notice gives the stored work out as one file.
//
// As in crash.test.mjs, the program dies on its way to the page 分析.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { INTRANET } from './support/chromium.mjs';
import { scratch } from './support/env.mjs';
import { crashNotice as notice, noticeDelay, plantFault, refuseWrites } from './support/fault.mjs';
import { SAVED, fixture } from './support/fixture.mjs';
import { stored } from './support/store.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture({ args: INTRANET });

const intranet = () => here.server.url.replace('localhost', 'intranet.test');

const MATERIAL = '会议纪要';

const GO_ON = /请重新载入后继续。/;
const LOOPING = /程序连续出错，重新载入后将以只读方式打开，可查看和导出，不会改动数据。/;
const STILL = /只读方式下仍然出错。请点“下载原始数据”，把文件交给技术人员。/;

const scenario = here.afterSaving;

const narrative = (me) => me.field(1, '完成情况说明');

const inNotice = (me, name) => notice(me).getByRole('button', { name, exact: true });

// Sees the notice of a crash and returns its words.
async function seeCrash(me, context) {
  await notice(me).waitFor();
  const { errors } = context.seen;
  await eventually(() => errors.some((it) => it.startsWith('crash notice')), 'the notice is reported');
  for (const name of ['重新载入', '回到工作台', '下载原始数据', '复制错误信息']) await inNotice(me, name).waitFor();
  return notice(me).innerText();
}

// A panic of the program on its way from 填报 to 分析. Returns the notice's words.
async function panic(me, context) {
  await me.card(1).waitFor();
  await plantFault(me.page, 'main');
  await me.openPage('分析');
  const words = await seeCrash(me, context);
  await eventually(() => noticeDelay(me.page), 'the notice is painted');
  const { errors } = context.seen;
  await eventually(() => errors.some((it) => /RuntimeError: unreachable/.test(it)), 'the program itself stopped');
  assert.match(errors.splice(0).join('\n'), /planted fault/);
  return words;
}

async function press(me, name) {
  await inNotice(me, name).click();
  await notice(me).waitFor({ state: 'detached' });
  await me.page.locator('#boot').waitFor({ state: 'detached' });
}

async function reloadFromNotice(me) {
  await press(me, '重新载入');
  await me.openPage('填报');
  await me.card(1).waitFor();
}

async function panicThrice(me, context) {
  for (let crash = 1; crash <= 2; crash++) {
    assert.match(await panic(me, context), GO_ON);
    await reloadFromNotice(me);
    await seeNormal(me);
  }
  assert.match(await panic(me, context), LOOPING);
}

async function seeSafeMode(me) {
  const { page } = me;
  await me.button('退出安全模式').waitFor();
  await page.getByRole('status').or(page.getByRole('banner')).filter({ hasText: '安全模式' }).first().waitFor();
}

async function leaveSafeMode(me) {
  await me.button('退出安全模式').click();
  await me.button('退出安全模式').waitFor({ state: 'detached' });
  await me.page.locator('#boot').waitFor({ state: 'detached' });
  await me.card(1).waitFor();
}

// No safe mode, and what is typed is taken.
async function seeNormal(me) {
  await narrative(me).waitFor();
  assert.equal(await me.button('退出安全模式').count(), 0);
  assert.equal(await narrative(me).evaluate((it) => it.readOnly), false);
}

// What must not be done is not offered, or cannot be pressed.
async function seeRefused(button) {
  for (const it of await button.all()) assert.ok(await it.isDisabled(), await it.innerText());
}

// The fields of a part of the page that would take a change.
const openFields = (part) => part.evaluateAll((parts) => parts
  .flatMap((it) => [...it.querySelectorAll('input, textarea, select')])
  .filter((it) => !it.disabled && !(it.readOnly && !['checkbox', 'radio', 'file'].includes(it.type)))
  .map((it) => it.outerHTML));

async function saved(download, name) {
  const path = join(await scratch(), name);
  await download.saveAs(path);
  return readFile(path, 'utf8');
}

async function rawData(me) {
  const download = await me.download(() => inNotice(me, '下载原始数据').click());
  assert.match(download.name, /^智督_原始数据_\d{4}-\d\d-\d\d\.json$/);
  await inNotice(me, '已下载').waitFor();
  return JSON.parse(await saved(download, 'raw.json'));
}

// Puts times of earlier crashes in place, in milliseconds from now.
const earlierCrashes = (me, offsets) => me.page.evaluate((offsets) => {
  const times = offsets.map((it) => (typeof it === 'number' ? Date.now() + it : it));
  localStorage.setItem('zhidu.crashes', JSON.stringify(times));
}, offsets);

for (const [form, address] of here.forms) {
  scenario(`three panics within a minute lead to safe mode, which changes nothing, ${form}`, async (me, context) => {
    const { page } = me;
    await me.score(1, '3.5');
    await me.addEvidence(1, { 材料名称: MATERIAL });
    await me.seeSaved();
    await panicThrice(me, context);
    const before = await stored(page);

    await reloadFromNotice(me);
    await seeSafeMode(me);
    for (const [name, text] of [['完成情况说明', SAVED], ['自评得分', '3.5'], ['材料名称', MATERIAL]]) {
      await me.seeValue(1, name, text);
      const field = me.field(1, name);
      assert.equal(await field.evaluate((it) => it.readOnly), true, `${name} is readonly`);
      await field.press('End');
      await page.keyboard.insertText('改');
      await page.keyboard.press('Backspace');
      assert.equal(await field.inputValue(), text, `${name} takes no keys`);
    }
    assert.deepEqual(await openFields(me.cards()), []);
    for (const name of ['添加材料', '导入', '撤销', '重做']) await seeRefused(me.button(name));

    const backup = await me.exportBackup();
    const text = await saved(backup, 'backup.json');
    for (const kept of [SAVED, MATERIAL]) assert.ok(text.includes(kept), `the backup holds ${kept}`);
    assert.match((await me.exportExcel()).name, /\.xlsx$/);

    for (const name of ['分析', '封面', '打印']) {
      await me.openPage(name);
      await page.locator('[aria-current=page]').filter({ hasText: name }).waitFor();
      await seeSafeMode(me);
    }
    await me.openPage('封面');
    await page.getByLabel('填报单位', { exact: true }).waitFor();
    assert.deepEqual(await openFields(page.getByRole('main')), []);
    await me.goHome();
    await seeSafeMode(me);
    for (const name of ['新建自评', '导入']) await seeRefused(me.button(name));
    assert.equal(await stored(page), before, 'nothing was written');

    await page.getByRole('link', { name: /东城区/ }).click();
    await me.card(1).waitFor();
    await leaveSafeMode(me);
    await seeNormal(me);
    await me.typeNarrative(1, `${SAVED}，接着写`);
    await me.seeSaved();
    await me.reload();
    await seeNormal(me);
    await me.seeValue(1, '完成情况说明', `${SAVED}，接着写`);
    await me.seeValue(1, '材料名称', MATERIAL);
  }, { address });
}

scenario('what the third panic left unsaved is there in safe mode and after it', async (me, context) => {
  const text = `${SAVED}，没有存下`;
  await earlierCrashes(me, [-20_000, -10_000]);
  await refuseWrites(me.page);
  await me.typeNarrative(1, text);
  await me.seeUnsaved(/存储空间已满/);
  assert.match(await panic(me, context), LOOPING);
  await reloadFromNotice(me);
  await seeSafeMode(me);
  await me.seeValue(1, '完成情况说明', text);
  assert.ok((await saved(await me.exportBackup(), 'backup.json')).includes(text), 'the backup holds it');
  await leaveSafeMode(me);
  await me.seeValue(1, '完成情况说明', text);
  await me.seeSaved();
});

scenario('a panic in safe mode asks for the raw data', async (me, context) => {
  await earlierCrashes(me, [-20_000, -10_000, -1_000]);
  await me.reload();
  await seeSafeMode(me);
  const words = await panic(me, context);
  assert.match(words, STILL);
  assert.doesNotMatch(words, LOOPING);
  assert.ok(JSON.stringify((await rawData(me)).stores).includes(SAVED));
  await reloadFromNotice(me);
  await seeSafeMode(me);
});

// The clock of a page runs ahead by the number that its window has as a name,
// which a reload keeps.
const withClock = (context) => context.addInitScript(() => {
  const { now } = Date;
  Date.now = () => now() + Number(window.name);
});

const waitMs = (me, ms) => me.page.evaluate((ms) => { window.name = String(Number(window.name) + ms); }, ms);

scenario('a notice that is read for minutes keeps its promise, and safe mode ends by itself later', async (me, context) => {
  await earlierCrashes(me, [-40_000, -30_000]);
  assert.match(await panic(me, context), LOOPING);
  await waitMs(me, 300_000);
  await reloadFromNotice(me);
  await seeSafeMode(me);
  await waitMs(me, 61_000);
  await me.reload();
  await me.card(1).waitFor();
  await seeNormal(me);
}, { prepare: withClock });

scenario('two panics do not lead to safe mode', async (me, context) => {
  for (let crash = 1; crash <= 2; crash++) {
    const words = await panic(me, context);
    assert.match(words, GO_ON);
    assert.doesNotMatch(words, /只读/);
    await reloadFromNotice(me);
  }
  await seeNormal(me);
  await me.typeNarrative(1, `${SAVED}，接着写`);
  await me.seeSaved();
});

for (const [what, offsets] of [
  ['two of them more than a minute ago', [-90_000, -61_000]],
  ['others in the future', [60_000, 61_000, 62_000]],
  ['others without a time', ['昨天', null, {}]],
]) {
  scenario(`a panic does not lead to safe mode with ${what}`, async (me, context) => {
    await earlierCrashes(me, offsets);
    assert.match(await panic(me, context), GO_ON);
    await reloadFromNotice(me);
    await seeNormal(me);
  });
}

for (const [form, address] of [...here.forms, ['plain http', intranet]]) {
  scenario(`the notice gives out all that is stored, ${form}`, async (me, context) => {
    const unsaved = '，没有存下';
    const text = `${SAVED}${unsaved}`;
    await me.page.evaluate(() => localStorage.setItem('other', '别的程序'));
    await refuseWrites(me.page);
    await me.typeNarrative(1, text);
    await me.seeUnsaved(/存储空间已满/);
    await panic(me, context);
    const raw = await rawData(me);

    const { format, version, taken, stores, localStorage } = raw;
    assert.deepEqual(Object.keys(raw), ['format', 'version', 'taken', 'stores', 'localStorage']);
    assert.equal(format, 'zhidu-raw');
    assert.equal(version, await me.page.evaluate(() => zhidu.version));
    assert.match(taken, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const lists = Object.entries(stores).map(([name, pairs]) => [name, [0, 1].map((at) => pairs.map((it) => it[at]))]);
    assert.deepEqual(Object.fromEntries(lists), JSON.parse(await stored(me.page)));
    assert.ok(stores.records.some(([, record]) => record.includes(SAVED)), 'the stored text is there');
    const kept = Object.entries(localStorage);
    assert.ok(kept.some(([key, it]) => key.startsWith('zhidu.journal.') && it.includes(unsaved)), 'the journal is there');
    assert.deepEqual(kept.map(([key]) => key).filter((key) => !key.startsWith('zhidu.')), []);

    await reloadFromNotice(me);
    await me.seeValue(1, '完成情况说明', text);
  }, { address });
}

test('where nothing was stored the raw data is empty, and reading it makes no database', () => here.atHome(async (me, context) => {
  await me.page.evaluate(() => zhidu.crash('planted crash'));
  await seeCrash(me, context);
  const { stores } = await rawData(me);
  assert.deepEqual(stores, {});
  const names = await me.page.evaluate(async () => (await indexedDB.databases()).map((it) => it.name));
  assert.ok(!names.includes('zhidu'), 'there is still no database');
  context.seen.errors.splice(0);
}, {
  // The program, which names a version, gets no database.
  prepare: (context) => context.addInitScript(() => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (name, ...version) {
      if (version.length > 0) throw new DOMException('blocked', 'SecurityError');
      return open.call(this, name);
    };
  }),
}));

scenario('raw data that cannot be read is said', async (me, context) => {
  await panic(me, context);
  await me.page.evaluate(() => {
    IDBFactory.prototype.open = () => { throw new DOMException('planted fault', 'UnknownError'); };
  });
  await inNotice(me, '下载原始数据').click();
  await inNotice(me, '未能读取，请联系技术人员').waitFor();
  await reloadFromNotice(me);
});

for (const [form, address] of here.forms) {
  scenario(`the notice leads back to 工作台, ${form}`, async (me, context) => {
    await panic(me, context);
    await press(me, '回到工作台');
    await me.page.getByRole('heading', { name: '工作台' }).waitFor();
    assert.equal(new URL(me.page.url()).hash, '#/');
    await me.page.getByRole('link', { name: /东城区/ }).click();
    await me.seeValue(1, '完成情况说明', SAVED);
    await seeNormal(me);
  }, { address });
}

const blocked = (names) => (context) => context.addInitScript((names) => {
  const get = () => { throw new DOMException('blocked', 'SecurityError'); };
  for (const name of names) Object.defineProperty(window, name, { get });
}, names);

scenario('without localStorage the notice has its buttons and safe mode comes all the same', async (me, context) => {
  await panicThrice(me, context);
  const { stores, localStorage } = await rawData(me);
  assert.ok(JSON.stringify(stores).includes(SAVED));
  assert.deepEqual(localStorage, {});
  await reloadFromNotice(me);
  await seeSafeMode(me);
  await leaveSafeMode(me);
  await seeNormal(me);
}, { prepare: blocked(['localStorage']) });

scenario('where no crash can be remembered the notice promises no safe mode', async (me, context) => {
  for (let crash = 1; crash <= 3; crash++) {
    const words = await panic(me, context);
    assert.match(words, GO_ON);
    assert.doesNotMatch(words, /只读/);
    await reloadFromNotice(me);
  }
  await seeNormal(me);
}, { prepare: blocked(['localStorage', 'sessionStorage']) });
