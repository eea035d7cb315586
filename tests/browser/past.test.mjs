// 历史: restore points and the change log; and what 工作台 says when the store
// was emptied, and the way to empty it on purpose.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { scratch } from './support/env.mjs';
import { fixture } from './support/fixture.mjs';
import { stored } from './support/store.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture();

const scenario = (name, run, options = {}) => test(name, () => here.atHome(async (me, context) => {
  await me.startAssessment();
  await run(me, context);
}, options));

const points = (me) => me.page.getByRole('region', { name: '还原点' });
const log = (me) => me.page.getByRole('region', { name: '修改记录' });
const pointRows = (me) => points(me).getByRole('button', { name: /^恢复到/ });

async function savedBackup(me) {
  const file = await me.exportBackup();
  const path = join(await scratch(), file.name);
  await file.saveAs(path);
  return { path, ...JSON.parse(await readFile(path, 'utf8')) };
}

scenario('a restore point is made, compared and restored, and the restoring is taken back', async (me) => {
  await me.typeNarrative(1, '早上的说明');
  await me.seeSaved();
  await me.openPage('历史');
  await points(me).getByRole('button', { name: '保存还原点' }).click();
  await eventually(async () => (await pointRows(me).count()) === 1, 'the restore point is listed');
  await points(me).getByText('手动保存').waitFor();

  await me.openPage('填报');
  await me.typeNarrative(1, '下午改写的说明');
  await me.addEvidence(2, { 材料名称: '下午的材料' });
  await me.seeSaved();
  await me.openPage('历史');
  await points(me).getByText('与现在的差异').click();
  const changes = points(me).getByRole('group', { name: '有差异的内容' });
  await changes.getByRole('row', { name: /要点 1 完成情况说明 早上的说明 下午改写的说明/ }).waitFor();
  await changes.getByRole('row', { name: /材料 02-01 材料名称/ }).waitFor();

  await pointRows(me).click();
  await me.seeNotice('已恢复到');
  await eventually(async () => (await pointRows(me).count()) === 2, 'what was there became a restore point');
  await points(me).getByText('恢复前', { exact: true }).waitFor();
  await me.openPage('填报');
  await me.seeValue(1, '完成情况说明', '早上的说明');
  assert.equal(await me.card(2).getByRole('group', { name: /^材料 / }).count(), 0);

  await me.openPage('历史');
  await pointRows(me).first().click();
  await eventually(async () => (await pointRows(me).count()) === 3, 'and once more');
  await me.reload();
  await me.openPage('填报');
  await me.seeValue(1, '完成情况说明', '下午改写的说明');
  await me.seeValue(2, '材料名称', '下午的材料');
});

scenario('the first change of another day makes a restore point of the day before, an hour of work one more', async (me, context) => {
  await me.typeNarrative(1, '第一天');
  await me.seeSaved();
  await context.clock.install({ time: new Date(Date.now() + 24 * 3600_000) });
  await me.reload();
  await context.clock.resume();
  await me.seeValue(1, '完成情况说明', '第一天');
  await me.typeNarrative(1, '第二天');
  await me.seeSaved();
  await me.openPage('历史');
  const seen = async (why) => {
    await me.openPage('填报');
    await me.openPage('历史');
    return points(me).getByText(why).count();
  };
  await eventually(() => seen('当日修改前'), 'a restore point of the day before');
  await context.clock.fastForward(3_700_000);
  await context.clock.resume();
  await me.openPage('填报');
  await me.typeNarrative(1, '一小时以后');
  await me.seeSaved();
  await eventually(() => seen('每小时自动'), 'a restore point of the hour');
  await points(me).getByText('与现在的差异').last().click();
  await points(me).getByRole('row', { name: /完成情况说明 第一天 一小时以后/ }).waitFor();
});

scenario('the change log says who changed what, is searched, and goes into the backup and not into the submission', async (me) => {
  await me.fill(1, '填报人', '王芳');
  await me.typeNarrative(1, '成立领导小组');
  await me.choose(2, '已完成');
  await me.typeNarrative(1, '成立工作专班');
  await me.button('撤销').click();
  await me.seeSaved();
  await me.openPage('历史');
  const entries = log(me).getByRole('listitem');
  await eventually(async () => (await entries.count()) === 5, 'five entries');
  assert.match(await entries.nth(0).innerText(), /王芳\s+撤销\s+要点 1 完成情况说明\s*成立工作专班\s*成立领导小组/);
  assert.match(await entries.nth(1).innerText(), /王芳\s+填写\s+要点 1 完成情况说明\s*成立领导小组\s*成立工作专班/);
  assert.match(await entries.nth(2).innerText(), /要点 2 填报状态\s*未填\s*已完成/);
  assert.match(await entries.nth(3).innerText(), /要点 1 完成情况说明\s*成立领导小组/);
  await log(me).getByRole('searchbox', { name: '查找修改记录' }).fill('专班');
  await me.page.keyboard.press('Enter');
  await eventually(async () => (await entries.count()) === 2, 'two entries have the word');

  const backup = await savedBackup(me);
  assert.equal(backup.log.length, 5);
  assert.deepEqual(backup.log.map(({ entry }) => entry.by), ['', '王芳', '王芳', '王芳', '王芳'].map((by, at) => (at === 2 ? '' : by)));

  await me.goHome();
  await me.button('删除 东城区 优质均衡 2026').click();
  await me.importFile(backup.path);
  await me.dialog('导入').getByRole('button', { name: '导入', exact: true }).click();
  await me.seeValue(1, '完成情况说明', '成立领导小组');
  await me.openPage('历史');
  await eventually(async () => (await entries.count()) === 5, 'the log has come along');
});

test('a backup that is getting old is mentioned quietly, and never in the first days', () => here.atHome(async (me, context) => {
  await me.startAssessment();
  await me.typeNarrative(1, '说明');
  await me.seeSaved();
  await me.goHome();
  const row = me.page.getByRole('row', { name: /^东城区/ });
  const inDays = async (days) => {
    await context.clock.setFixedTime(new Date(Date.now() + days * 86_400_000));
    await me.reload();
    await row.waitFor();
    return row.innerText();
  };
  assert.doesNotMatch(await row.innerText(), /备份在|没有导出过备份/);
  assert.doesNotMatch(await inDays(3), /备份在|没有导出过备份/);
  assert.match(await inDays(8), /还没有导出过备份/);
  await me.download(() => me.button('备份 东城区 优质均衡 2026').click());
  assert.doesNotMatch(await inDays(10), /备份在|没有导出过备份/);
  assert.match(await inDays(19), /上次备份在 11 天前/);
}));

test('work of a newer version is read as far as it is understood, and not a byte of it is changed', () => here.atHome(async (me) => {
  await me.startAssessment();
  await me.typeNarrative(1, '说明');
  await me.seeSaved();
  await me.goHome();
  await me.page.evaluate(() => new Promise((resolve, reject) => {
    const opening = indexedDB.open('zhidu');
    opening.onerror = reject;
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('records', 'readwrite');
      const cursor = transaction.objectStore('records').openCursor();
      cursor.onsuccess = () => {
        if (!cursor.result) return;
        if (cursor.result.key.includes('/answer/')) cursor.result.update('{"v":99,"seq":9}\n{"later":true}');
        cursor.result.continue();
      };
      transaction.oncomplete = () => { opening.result.close(); resolve(); };
    };
  }));
  const before = await stored(me.page);
  await me.page.getByRole('link', { name: '东城区 优质均衡 2026' }).click();
  await me.seeNotice('由更新版本的程序写入（格式 99，');
  await me.page.getByText('这份自评由更新版本的程序写入，本版本只读').waitFor();
  assert.equal(await me.field(1, '完成情况说明').evaluate((it) => it.readOnly), true);
  // A backup would lack what is not understood.
  await me.button('导出备份').click();
  await me.seeNotice('没有导出备份');
  const raw = await me.download(() => me.button('下载原始数据').click());
  const path = join(await scratch(), raw.name);
  await raw.saveAs(path);
  assert.match(await readFile(path, 'utf8'), /\\"later\\":true/);
  await me.goHome();
  await me.button('备份 东城区 优质均衡 2026').click();
  await me.seeNotice('本版本不能完整读出');
  await me.button('复制 东城区 优质均衡 2026').click();
  await me.seeNotice('本版本不能完整读出');
  assert.equal(await stored(me.page), before);
}));

test('a store that was emptied is called a loss and not greeted as new', () => here.atHome(async (me, context) => {
  await me.startAssessment();
  await me.typeNarrative(1, '几周的心血');
  await me.seeSaved();
  const backup = await savedBackup(me);
  await me.page.goto('about:blank');
  const wiping = await context.newPage();
  await wiping.goto(`${here.server.url}manifest.webmanifest`);
  await wiping.evaluate(() => new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('zhidu');
    request.onsuccess = resolve;
    request.onerror = reject;
  }));
  await wiping.close();
  await me.openHome(here.server.url);
  const lost = me.page.getByRole('alert', { name: '本机数据已被清除' });
  await lost.getByText(/东城区 优质均衡 2026（最近修改 \d{4}-/).waitFor();
  await me.reload();
  await lost.waitFor();
  const [chooser] = await Promise.all([
    me.page.waitForEvent('filechooser'),
    lost.getByRole('button', { name: '导入备份' }).click(),
  ]);
  await chooser.setFiles(backup.path);
  await me.dialog('导入').getByRole('button', { name: '导入', exact: true }).click();
  await me.seeValue(1, '完成情况说明', '几周的心血');
  await me.goHome();
  assert.equal(await lost.count(), 0);
}));

test('a loss that is known is not told again, and localStorage alone may go', () => here.atHome(async (me) => {
  await me.startAssessment();
  await me.seeSaved();
  await me.goHome();
  await me.page.evaluate(() => localStorage.setItem('zhidu.traces', `${localStorage.getItem('zhidu.traces')}${'0'.repeat(32)}\t西城区 优质均衡 2025\t2025-11-01 09:00\n`));
  await me.reload();
  const lost = me.page.getByRole('alert', { name: '本机数据已被清除' });
  await lost.getByText('西城区 优质均衡 2025').waitFor();
  assert.equal(await lost.getByText('东城区').count(), 0);
  await lost.getByRole('button', { name: '知道了' }).click();
  await me.reload();
  await me.button('新建自评').waitFor();
  assert.equal(await lost.count(), 0);
  await me.page.evaluate(() => localStorage.clear());
  await me.reload();
  await me.page.getByRole('link', { name: '东城区 优质均衡 2026' }).waitFor();
  assert.equal(await lost.count(), 0);
}));

// Cuts off what is stored under the keys of a kind.
const damage = (me, table, kind) => me.page.evaluate(([table, kind]) => new Promise((resolve, reject) => {
  const opening = indexedDB.open('zhidu');
  opening.onerror = reject;
  opening.onsuccess = () => {
    const transaction = opening.result.transaction(table, 'readwrite');
    const cursor = transaction.objectStore(table).openCursor();
    cursor.onsuccess = () => {
      if (!cursor.result) return;
      if (cursor.result.key.includes(kind)) cursor.result.update(cursor.result.value.slice(0, 30));
      cursor.result.continue();
    };
    transaction.oncomplete = () => { opening.result.close(); resolve(); };
  };
}), [table, kind]);

test('a damaged row of 工作台 is made anew, and an assessment that cannot be read stays in sight', () => here.atHome(async (me) => {
  await me.startAssessment();
  await me.typeNarrative(1, '说明');
  await me.seeSaved();
  await me.goHome();
  await damage(me, 'summaries', '/summary/');
  await me.reload();
  await me.page.getByRole('row', { name: /东城区 优质均衡 2026 优质均衡 东城区 2026/ }).waitFor();
  await damage(me, 'summaries', '/summary/');
  await damage(me, 'records', '/head/');
  await me.reload();
  await me.page.getByRole('link', { name: '东城区 优质均衡 2026（无法读取）' }).click();
  await me.seeNotice('无法读取');
}));

test('what cannot be read of the change log is said on 历史 and given out', () => here.atHome(async (me) => {
  await me.startAssessment();
  await me.typeNarrative(1, '说明');
  await me.seeSaved();
  await damage(me, 'log', '/log/');
  await me.openPage('历史');
  const notice = await me.seeNotice('有 1 处记录无法读取');
  const given = await me.download(() => notice.getByRole('button', { name: '下载' }).click());
  assert.match(given.name, /^无法读取的记录_.*\.txt$/);
}));

test('清除本机数据 removes everything on purpose, after a backup was offered', () => here.atHome(async (me) => {
  await me.startAssessment();
  await me.typeNarrative(1, '说明');
  await me.seeSaved();
  await me.goHome();
  await me.button('清除本机数据').click();
  const dialog = me.dialog('清除本机数据');
  await dialog.getByText('东城区 优质均衡 2026').waitFor();
  assert.ok(await dialog.getByRole('button', { name: '全部清除' }).isDisabled());
  const backup = await me.download(() => dialog.getByRole('button', { name: '先导出全部备份' }).click());
  assert.match(backup.name, /_备份\.json$/);
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: '全部清除' }).click();
  await me.seeNotice('已全部清除');
  await me.page.getByText('本机还没有自评').waitFor();
  await me.reload();
  await me.page.getByText('本机还没有自评').waitFor();
  assert.equal(await me.page.getByRole('alert', { name: '本机数据已被清除' }).count(), 0);
  const left = await me.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('zhidu.')));
  assert.deepEqual(left, []);
}));
