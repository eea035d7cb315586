// The parts of the program and the texts that come after the first paint: there when
// they are wanted, said where they cannot be had, tried again, and nothing lost by it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { INTRANET } from './support/chromium.mjs';
import { DIST, removeScratch } from './support/env.mjs';
import { officerAt, launchFirefox, watchedPage } from './support/puppeteer.mjs';
import { fixture } from './support/fixture.mjs';
import { BALANCE, officer } from './support/officer.mjs';
import { serve } from './support/server.mjs';
import { eventually } from './support/wait.mjs';

const PARTS = /^(later|shared)-/;
const TEXTS = /\.json$/;

const here = fixture({ args: INTRANET, served: false });

// A test with a server of its own, which may refuse files. It is none of those that a
// service worker works for, and nothing of it is kept.
const scenario = (name, run) => test(name, () => here.inContext(async (context) => {
  const server = await serve(DIST, '/', { forgotten: true });
  const address = server.url.replace('localhost', 'intranet.test');
  try {
    const me = officer(await context.newPage());
    await me.openHome(address);
    await run({ me, context, server });
  } finally {
    await server.close();
  }
}));

const stored = async (me, text) => {
  await me.startAssessment();
  await me.typeNarrative(1, text);
  await me.seeSaved();
};
const offline = (me, text) => me.page.locator('.z-offline', { hasText: text });

scenario('nothing of the later parts is fetched before the form can be used', async ({ me, server }) => {
  await stored(me, '先看到表');
  await offline(me, '可离线使用').waitFor();
  const release = await server.holdBack(PARTS);
  server.state.requests.length = 0;
  await me.page.reload();
  await me.seeValue(1, '完成情况说明', '先看到表');
  await me.typeNarrative(1, '先看到表，已可填');
  await me.seeSaved();
  const asked = server.state.requests.map((it) => it.slice(1));
  const first = asked.findIndex((name) => PARTS.test(name));
  assert.ok(first > asked.findIndex((name) => /^zhidu-/.test(name)), asked.join(' '));
  await offline(me, '正在准备离线使用').waitFor();
  release();
  await offline(me, '可离线使用').waitFor();
});

scenario('a page that is asked for before its part is there shows its frame, then itself', async ({ me, server }) => {
  await stored(me, '早点');
  await offline(me, '可离线使用').waitFor();
  const release = await server.holdBack(PARTS);
  await me.page.reload();
  await me.seeValue(1, '完成情况说明', '早点');
  await me.openPage('体检');
  await me.page.getByRole('status').filter({ hasText: '正在载入本页' }).waitFor();
  await me.openPage('填报');
  await me.typeNarrative(1, '早点来，照样填');
  await me.openPage('体检');
  release();
  await me.page.getByRole('heading', { name: '体检' }).waitFor();
  await me.openPage('填报');
  await me.seeValue(1, '完成情况说明', '早点来，照样填');
});

scenario('what is clicked again and again before its part is there is done once, and said meanwhile', async ({ me, server }) => {
  await stored(me, '一次');
  await offline(me, '可离线使用').waitFor();
  const release = await server.holdBack(PARTS);
  await me.page.reload();
  await me.seeValue(1, '完成情况说明', '一次');
  await me.goHome();
  const rows = me.page.getByRole('row');
  for (let click = 0; click < 3; click++) await rows.nth(1).getByRole('button', { name: /^复制/ }).click();
  await me.seeNotice('正在载入这项功能');
  await rows.nth(1).getByRole('button', { name: /^删除/ }).click();
  await me.button('新建自评').click();
  await me.dialog('新建自评').getByText('正在载入').waitFor();
  await me.dialog('新建自评').getByRole('button', { name: '取消', exact: true }).click();
  release();
  await rows.nth(2).waitFor();
  await eventually(async () => (await me.notices().innerText()) === '', 'nothing is waited for any more');
  await offline(me, '可离线使用').waitFor();
  assert.equal(await rows.count(), 1 + 2, 'one copy, and nothing deleted');
});

scenario('a field that is typed in stays where it is when the verdicts come', async ({ me, server }) => {
  await me.openHome(server.url);
  await me.button('打开示例').click();
  await me.openGroup('（六）经费保障');
  await me.field(14, '完成情况说明').waitFor();
  await offline(me, '可离线使用').waitFor();
  const release = await server.holdBack(PARTS);
  await me.page.reload();
  const field = me.field(14, '完成情况说明');
  await field.click();
  const before = (await field.boundingBox()).y;
  release();
  await me.card(14).locator('.z-verdict').first().waitFor();
  await eventually(async () => Math.abs((await field.boundingBox()).y - before) < 2, 'the field is where it was');
});

scenario('a part that cannot be had is said, and comes when asked again', async ({ me, server }) => {
  await stored(me, '断在中间');
  await offline(me, '可离线使用').waitFor();
  server.refuse(PARTS);
  await me.page.reload();
  await me.seeValue(1, '完成情况说明', '断在中间');
  await offline(me, '暂不能离线使用').waitFor();
  await me.openPage('学校数据');
  const said = me.page.getByRole('alert').filter({ hasText: '没有取到' });
  await said.waitFor();
  await me.openPage('填报');
  await me.typeNarrative(1, '断在中间也存住');
  await me.seeSaved();
  await me.button('导出备份').click();
  await me.seeNotice('没有执行');
  await me.importFile({ name: '备份.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
  await me.seeNotice('没有导入');
  await me.goHome();
  await me.page.getByRole('row').nth(1).getByRole('button', { name: /^复制/ }).click();
  await me.seeNotice('没有执行');
  await me.button('新建自评').click();
  await me.dialog('新建自评').getByText('没有取到').waitFor();
  server.refuse();
  await me.dialog('新建自评').getByRole('button', { name: '重试' }).click();
  await me.dialog('新建自评').getByLabel('填报单位', { exact: true }).waitFor();
  await me.page.keyboard.press('Escape');
  await me.page.getByRole('row').nth(1).getByRole('link').click();
  await me.seeValue(1, '完成情况说明', '断在中间也存住');
  await me.openPage('学校数据');
  await me.page.getByRole('heading', { name: '学校数据' }).waitFor();
  await me.importFile({ name: '别的.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
  await me.seeNotice('“别的.json”未导入');
  assert.match((await me.exportBackup()).name, /_备份\.json$/);
});

scenario('what a window could not store waits for the part that takes it up', async ({ me, server }) => {
  await stored(me, '已存');
  await offline(me, '可离线使用').waitFor();
  // Typed in the very moment in which the page goes.
  await me.page.evaluate(() => {
    const field = document.querySelector('textarea');
    field.value += '，未及存';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    dispatchEvent(new Event('pagehide'));
    indexedDB.open = () => { throw new Error('gone'); };
  });
  const journals = () => me.page.evaluate(() => Object.keys(localStorage).filter((it) => it.startsWith('zhidu.journal.')).length);
  assert.equal(await journals(), 1);
  server.refuse(PARTS);
  await me.page.reload();
  await me.seeNotice('暂时没有恢复');
  assert.equal(await me.field(1, '完成情况说明').inputValue(), '已存');
  assert.equal(await journals(), 1, 'it is still there');
  server.refuse();
  await me.page.reload();
  await me.seeValue(1, '完成情况说明', '已存，未及存');
});

scenario('a text that cannot be had is said, and nothing is taken from a window that has it', async ({ me, context, server }) => {
  await stored(me, '另一窗口在写');
  await offline(me, '可离线使用').waitFor();
  const address = me.page.url();
  const other = officer(await context.newPage());
  server.refuse(TEXTS);
  await other.page.goto(address);
  await other.seeNotice('的文本没有取到');
  await me.typeNarrative(1, '另一窗口在写，没有被打断');
  await me.seeSaved();
  server.refuse();
  await other.page.reload();
  await other.page.goto(address);
  await other.seeValue(1, '完成情况说明', '另一窗口在写，没有被打断');
});

test('a kept part that is damaged is fetched anew', () => here.inContext(async (context) => {
  const server = await serve(DIST);
  try {
    const me = officer(await context.newPage());
    await me.openHome(server.url);
    await stored(me, '自己修好');
    await offline(me, '可离线使用').waitFor();
    const damaged = await me.page.evaluate(async () => {
      const cache = await caches.open((await caches.keys())[0]);
      const parts = (await cache.keys()).filter((it) => /(later|shared)-/.test(it.url));
      for (const part of parts) await cache.put(part, new Response('broken'));
      return parts.length;
    });
    assert.ok(damaged > 1);
    await me.reload();
    await me.openPage('分析');
    await me.page.getByRole('heading', { name: '分析' }).first().waitFor();
    await offline(me, '可离线使用').waitFor();
  } finally {
    await server.close();
  }
}));

let firefox;
before(async () => { firefox = await launchFirefox(); });
after(async () => {
  await firefox?.close();
  await removeScratch();
});

test('in Firefox a part that cannot be had is said, and comes when asked again', async () => {
  const server = await serve(DIST, '/', { forgotten: true });
  try {
    const page = await watchedPage(firefox);
    const me = officerAt(page, firefox.downloads);
    // As where a browser has no service workers.
    await page.evaluateOnNewDocument(() => {
      Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined });
    });
    await me.openHome(server.url);
    await me.startAssessment({ title: BALANCE, unit: '东城区', year: '2026' });
    await me.fill(1, '完成情况说明', '火狐');
    await me.seeSaved();
    const shown = (text) => eventually(() => page.evaluate((text) => document.querySelector('main')?.textContent.includes(text), text), text);
    server.refuse(PARTS);
    await page.reload();
    await me.seeValue(1, '完成情况说明', '火狐');
    await page.evaluate(() => [...document.querySelectorAll('a')].find((it) => it.textContent.startsWith('体检')).click());
    await shown('没有取到');
    server.refuse();
    await me.press('重试');
    await shown('体检');
  } finally {
    await server.close();
  }
});
