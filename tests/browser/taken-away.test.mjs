// What the browser or another window takes away while somebody is writing.
// Runs alone: it fills the disk of its browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuseWrites } from './support/fault.mjs';
import { fixture } from './support/fixture.mjs';
import { officer } from './support/officer.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture();

const bar = (me) => me.page.getByRole('alert').filter({ hasText: '内容没有存到本机' });

test('a connection that the browser closes is opened again, and nothing is missing', () => here.atHome(async (me) => {
  await me.startAssessment();
  await me.typeNarrative(1, '之前');
  await me.seeSaved();
  for (const text of ['第一次断开之后', '第二次断开之后']) {
    await me.page.evaluate(() => window.connections.forEach((database) => database.close()));
    await me.typeNarrative(1, text);
    await me.seeSaved();
    assert.equal(await bar(me).count(), 0, 'no alarm for what is mended at once');
  }
  assert.ok(await me.page.evaluate(() => window.connections.length) >= 3, 'it was opened again each time');
  await me.reload();
  await me.seeValue(1, '完成情况说明', '第二次断开之后');
}, {
  prepare: (context) => context.addInitScript(() => {
    window.connections = [];
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...args) {
      const request = open.apply(this, args);
      request.addEventListener('success', () => window.connections.push(request.result));
      return request;
    };
  }),
}));

test('what another window deletes is said, stays on the screen, and comes back with 撤销', () => here.atHome(async (me, context) => {
  await me.startAssessment();
  await me.typeNarrative(1, '写了一半');
  await me.seeSaved();
  const other = officer(await context.newPage());
  await other.openHome(here.server.url);
  await other.button('删除 东城区 优质均衡 2026').click();
  await other.seeNotice('已删除');
  await me.typeNarrative(1, '写了一半，又写了一些');
  await me.seeUnsaved(/已不在本机/);
  await bar(me).waitFor();
  await me.seeValue(1, '完成情况说明', '写了一半，又写了一些');
  const backup = await me.download(() => me.button('立即导出备份').click());
  assert.match(backup.name, /_备份\.json$/);
  await (await other.seeNotice('已删除')).getByRole('button', { name: '撤销' }).click();
  await me.seeSaved();
  await me.reload();
  await me.seeValue(1, '完成情况说明', '写了一半，又写了一些');
}));

test('data cleared under an open page are said, and the work can still be taken away', () => here.atHome(async (me, context) => {
  await me.startAssessment();
  await me.typeNarrative(1, '几周的心血');
  await me.seeSaved();
  const cdp = await context.newCDPSession(me.page);
  const { origin } = new URL(here.server.url);
  await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  await me.typeNarrative(1, '几周的心血，还有今天的');
  await me.seeUnsaved(/已不在本机/);
  const file = await me.download(() => me.button('立即导出备份').click());
  assert.match(file.name, /_备份\.json$/);
  await eventually(async () => (await bar(me).count()) === 1, 'the bar stays');
  await me.seeValue(1, '完成情况说明', '几周的心血，还有今天的');
}));

test('the browser asks before a page is left whose text nothing keeps, and only then', () => here.atHome(async (me) => {
  await me.startAssessment();
  await me.typeNarrative(1, '已保存的内容');
  await me.seeSaved();
  const wouldAsk = () => me.page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
  assert.equal(await wouldAsk(), false, 'everything is stored');
  await refuseWrites(me.page);
  await me.typeNarrative(1, '只在应急日志里的内容');
  await me.seeUnsaved(/存储空间已满/);
  assert.equal(await wouldAsk(), false, 'the journal has it');
  await me.page.evaluate(() => {
    Storage.prototype.setItem = () => { throw new DOMException('planted fault', 'QuotaExceededError'); };
  });
  await me.typeNarrative(1, '哪里也存不下的内容');
  const asked = [];
  me.page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    dialog.dismiss();
  });
  await me.page.close({ runBeforeUnload: true });
  await eventually(() => asked.length, 'the browser asks');
  assert.deepEqual(asked, ['beforeunload']);
  await me.seeValue(1, '完成情况说明', '哪里也存不下的内容');
}));
