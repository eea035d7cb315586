// Keeping work in Firefox: reload, close, two tabs, blocked storage, and the
// single file opened twice and moved.
// Runs alone: its tabs wait for each other by the clock.
import assert from 'node:assert/strict';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { test } from 'node:test';
import { SINGLE_FILE, scratch } from './support/env.mjs';
import { typeAndReload } from './support/fault.mjs';
import { assertHealthyPage, officerAt, launchFirefox, watchedPage } from './support/puppeteer.mjs';
import { fixture } from './support/fixture.mjs';
import { BALANCE } from './support/officer.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture({ launch: launchFirefox });

const NARRATIVE = '完成情况说明';
const unit = (() => {
  let count = 0;
  return () => `第${(count += 1)}区`;
})();

async function another(address, prepare) {
  const page = await watchedPage(here.browser);
  await prepare?.(page);
  await page.goto(address);
  return officerAt(page, here.browser.downloads);
}

async function begun(address) {
  const me = await another(address);
  await me.page.waitForSelector('.z-home');
  await me.startAssessment({ title: BALANCE, unit: unit(), year: '2026' });
  return me;
}

const readOnly = async (me) => (await me.field(1, NARRATIVE)).evaluate((it) => it.readOnly);
const bars = (me) => me.page.$eval('.z-bars', (it) => it.textContent);

for (const [form, address] of here.forms) {
  test(`Firefox, ${form}: what was typed is there after a reload and in a new tab`, async () => {
    const me = await begun(address());
    await me.fill(1, NARRATIVE, '早已保存');
    await me.seeSaved();
    // Typed and gone in one turn: only the journal can have it.
    await typeAndReload(me.page, '早已保存，刚刚写的');
    await me.seeValue(1, NARRATIVE, '早已保存，刚刚写的');
    await me.seeNotice('已恢复');
    await me.seeSaved();
    const where = me.page.url();
    await assertHealthyPage(me.page);
    await me.page.close({ runBeforeUnload: true });
    const again = await another(where);
    await again.seeValue(1, NARRATIVE, '早已保存，刚刚写的');
    await again.page.close();
  });

  test(`Firefox, ${form}: the second tab reads along, takes over, and goes on alone`, async () => {
    const first = await begun(address());
    await first.fill(1, NARRATIVE, '第一窗口');
    await first.seeSaved();
    const second = await another(first.page.url());
    await second.seeValue(1, NARRATIVE, '第一窗口');
    await eventually(() => readOnly(second), 'the second one reads');
    await first.page.bringToFront();
    await first.fill(1, NARRATIVE, '，续');
    await first.seeSaved();
    await second.page.bringToFront();
    await second.seeValue(1, NARRATIVE, '第一窗口，续');
    await second.press('接管编辑');
    await eventually(async () => !(await readOnly(second)), 'the second one writes');
    await eventually(() => readOnly(first), 'the first one reads');
    await first.page.bringToFront();
    await second.page.close();
    await eventually(async () => !(await readOnly(first)), 'the first one writes again');
    await first.fill(1, NARRATIVE, '，再续');
    await first.seeSaved();
    await assertHealthyPage(first.page);
    await first.page.close();
  });
}

test('Firefox: where nothing can be stored the program works and says so', async () => {
  const me = await another(here.server.url, (page) => page.evaluateOnNewDocument(() => {
    const refuse = () => { throw new DOMException('planted fault', 'SecurityError'); };
    Object.defineProperty(window, 'localStorage', { get: refuse });
    IDBFactory.prototype.open = refuse;
  }));
  await me.page.waitForSelector('.z-home');
  await me.startAssessment({ title: BALANCE, unit: unit(), year: '2026' });
  await me.fill(1, NARRATIVE, '只在此窗口');
  await eventually(async () => /不允许本页在本机保存数据/.test(await bars(me)), 'the bar says so');
  const backup = await me.download(() => me.press('立即导出备份'), '.json');
  assert.match(backup.bytes.toString('utf8'), /只在此窗口/);
  await me.page.close();
});

test('Firefox: the single file that was moved has nothing of what it had, and says where data are', async () => {
  const me = await begun(SINGLE_FILE);
  await me.fill(1, NARRATIVE, '在原处');
  await me.seeSaved();
  await me.page.close();
  const moved = join(await scratch(), '搬到这里.html');
  await copyFile(fileURLToPath(SINGLE_FILE), moved);
  const there = await another(pathToFileURL(moved).href);
  await there.page.waitForSelector('.z-home');
  const home = await there.page.$eval('.z-home', (it) => it.textContent);
  assert.match(home, /本机还没有自评/);
  assert.match(home, /数据在本机浏览器中，不在U盘上/);
  await there.page.close();
  const back = await another(SINGLE_FILE);
  await back.page.waitForSelector('.z-home__table');
  await back.page.close();
});
