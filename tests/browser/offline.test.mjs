// The hosted page without its server: no request after 可离线使用, opening with
// the network off, healing, and new versions that are offered and never forced.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { INTRANET } from './support/chromium.mjs';
import { DIST, SINGLE_FILE, scratch } from './support/env.mjs';
import { fixture } from './support/fixture.mjs';
import { officer } from './support/officer.mjs';
import { nextRelease, versionOf } from './support/release.mjs';
import { serve } from './support/server.mjs';
import { eventually, pause } from './support/wait.mjs';

const here = fixture({ args: INTRANET, served: false });

// A test with a server of its own, which it may close or switch.
const scenario = (name, run, prefix = '/') => test(name, () => here.inContext(async (context) => {
  const server = await serve(DIST, prefix);
  try {
    await run({ me: officer(await context.newPage()), context, server });
  } finally {
    await server.close();
  }
}));

const seeOffline = (me) => me.page.getByText('可离线使用', { exact: true }).waitFor();

// Everything that an officer does, up to the files.
async function wholeJourney(me) {
  await me.typeNarrative(1, '不联网也能填。');
  await me.score(1, '3.5');
  await me.fill(1, '扣分原因', '一项未完成');
  await me.addEvidence(1, { 材料名称: '会议纪要' });
  await me.choose(1, '已完成');
  await me.openGroup('（七）条件装备');
  await me.card(17).waitFor();
  await me.button('撤销').click();
  for (const page of ['分析', '封面', '打印', '填报']) await me.openPage(page);
  await me.exportExcel();
  await me.exportBackup();
  await me.goHome();
  await me.button('打开示例').click();
  await me.card(1).waitFor();
  await me.exportExcel();
}

scenario('after 可离线使用 a whole journey with exports makes no request', async ({ me, context, server }) => {
  await me.openHome(server.url);
  await me.startAssessment();
  await seeOffline(me);
  await pause(500);
  const before = server.state.requests.length;
  context.seen.requests.length = 0;
  await wholeJourney(me);
  assert.deepEqual(server.state.requests.slice(before), [], 'the server was asked for nothing');
  const outside = context.seen.requests.filter((url) => !url.startsWith('blob:'));
  assert.deepEqual(outside, [], 'nobody was asked for anything');
});

test('the single file makes no request at all', () => here.inContext(async (context) => {
  const me = officer(await context.newPage());
  await me.openHome(SINGLE_FILE);
  await me.startAssessment();
  await seeOffline(me);
  context.seen.requests.length = 0;
  await wholeJourney(me);
  assert.deepEqual(context.seen.requests.filter((url) => !url.startsWith('blob:')), []);
}));

scenario('with the network off the page opens again, with its work', async ({ me, server }) => {
  await me.openHome(server.url);
  await me.startAssessment();
  await me.typeNarrative(1, '断网前');
  await me.seeSaved();
  await seeOffline(me);
  await server.close();
  await me.reload();
  await me.seeValue(1, '完成情况说明', '断网前');
  await seeOffline(me);
  await me.typeNarrative(1, '断网后');
  await me.seeSaved();
  assert.match((await me.exportExcel()).name, /\.xlsx$/);
  await me.openHome(server.url);
});

// What the service worker keeps, changed from the page.
const inCache = (page, what) => page.evaluate(async (what) => {
  const [name] = await caches.keys();
  const cache = await caches.open(name);
  const requests = await cache.keys();
  const program = requests.find(({ url }) => /\/zhidu-\w+\.wasm$/.test(url));
  if (what === 'count') return requests.length;
  if (what === 'delete') return cache.delete(program);
  return cache.put(program, new Response('broken', { headers: { 'Content-Type': 'application/wasm' } }));
}, what);

for (const [how, what] of [['lost a file', 'delete'], ['holds a damaged file', 'replace']]) {
  scenario(`a cache that ${how} heals once the server is back`, async ({ me, server }) => {
    await me.openHome(server.url);
    await me.startAssessment();
    await me.typeNarrative(1, '保住');
    await me.seeSaved();
    await seeOffline(me);
    const whole = await inCache(me.page, 'count');
    await inCache(me.page, what);
    await me.page.reload();
    await me.seeValue(1, '完成情况说明', '保住');
    await seeOffline(me);
    assert.equal(await inCache(me.page, 'count'), whole);
    await server.close();
    await me.reload();
    await me.seeValue(1, '完成情况说明', '保住');
  });
}

scenario('a new version is offered, and taken only on a click', async ({ me, server }) => {
  await me.openHome(server.url);
  await me.startAssessment();
  await seeOffline(me);
  const old = await versionOf(DIST);
  const next = join(await scratch(), 'next');
  await nextRelease(DIST, next, 'deadbeef');
  server.switchTo(next);

  await me.reload();
  const offer = await me.seeNotice('有新版本');
  await me.typeNarrative(1, '更新前写的');
  await me.goHome();
  await me.page.getByText(`版本 ${old}`).waitFor();
  await me.page.getByRole('row').nth(1).getByRole('link').click();
  await me.seeValue(1, '完成情况说明', '更新前写的');
  await me.typeNarrative(1, '写到一半就更新');
  await offer.getByRole('button', { name: '更新' }).click();
  await eventually(async () => (await me.page.evaluate(() => window.zhidu?.version)) === 'deadbeef', 'the new version runs');
  await me.seeValue(1, '完成情况说明', '写到一半就更新');
  await me.goHome();
  await me.page.getByText('版本 deadbeef').waitFor();
  await seeNoOffer(me);
  await server.close();
  await me.reload();
  await me.page.getByText('版本 deadbeef').waitFor();
});

async function seeNoOffer(me) {
  await pause(1000);
  assert.equal(await me.page.getByText('有新版本').count(), 0);
}

scenario('a new version that nobody took waits, and the old one goes on without the server', async ({ me, server }) => {
  await me.openHome(server.url);
  await me.startAssessment();
  await seeOffline(me);
  const next = join(await scratch(), 'next');
  await nextRelease(DIST, next, 'deadbeef');
  server.switchTo(next);
  await me.reload();
  await me.seeNotice('有新版本');
  await server.close();
  await me.reload();
  assert.equal(await me.page.evaluate(() => window.zhidu.version), await versionOf(DIST));
  await me.typeNarrative(1, '旧版照用');
  await me.seeSaved();
});

scenario('served from a sub-path it works the same', async ({ me, server }) => {
  await me.openHome(server.url);
  await me.startAssessment();
  await seeOffline(me);
  await me.typeNarrative(1, '子目录');
  await me.seeSaved();
  await me.exportExcel();
  await server.close();
  await me.reload();
  await me.seeValue(1, '完成情况说明', '子目录');
}, '/some/sub/path/');

scenario('on a plain-http intranet everything but the service worker works', async ({ me, server }) => {
  await me.openHome(server.url.replace('localhost', 'intranet.test'));
  assert.equal(await me.page.evaluate(() => isSecureContext), false);
  await me.startAssessment();
  await me.typeNarrative(1, '内网');
  await me.seeSaved();
  await me.exportExcel();
  await me.exportBackup();
  await me.reload();
  await me.seeValue(1, '完成情况说明', '内网');
});
