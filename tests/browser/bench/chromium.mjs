// Chromium with a profile of its own on disk, so that saving costs what it
// costs a person; one page at a time, watched by the probes.
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { pause } from '../support/wait.mjs';
import { install } from './probes.mjs';

// Long enough for a machine that does ten things at once.
export const PATIENCE = 120_000;

const ARGUMENTS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--no-first-run',
];

export async function launch(executablePath) {
  const profile = await mkdtemp(join(tmpdir(), 'zhidu-bench-'));
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const options = {
    executablePath,
    args: [...ARGUMENTS, ...root],
    locale: 'zh-CN',
    viewport: { width: 1366, height: 768 },
  };
  const start = async () => {
    const context = await chromium.launchPersistentContext(profile, options);
    context.setDefaultTimeout(PATIENCE);
    await context.addInitScript(install);
    return context;
  };
  let context = await start();
  return {
    profile,

    // A new page; those that were open are closed.
    async page() {
      const page = await context.newPage();
      await Promise.all(context.pages().filter((it) => it !== page).map((it) => it.close()));
      return page;
    },

    // The same profile in a new browser.
    async restart() {
      await context.close();
      context = await start();
    },

    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

// Lets each visit of the page fetch everything anew.
export async function withoutCaches(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Network.setBypassServiceWorker', { bypass: true });
  return session;
}

// 10 Mbit/s with 40 ms, and a processor four times slower.
export async function slowed(page) {
  const session = await withoutCaches(page);
  const throughput = 10_000_000 / 8;
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 40,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}

// Waits until `look`, run in the page, gives something; not any longer when the
// program has crashed.
export async function until(page, look, what, argument) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = await page.evaluate(look, argument);
    if (found) return found;
    // Version, browser and address come first in what the notice shows.
    const crash = await page.evaluate(() => document.querySelector('#crash pre')?.textContent);
    if (crash) throw new Error(`the program crashed: ${crash.split('\n').slice(3).join(' ')}`);
    if (Date.now() > end) throw new Error(`${what}: not within ${PATIENCE / 1000} s`);
    await pause(25);
  }
}

// Memory after a garbage collection, in MB: what the page's process has for
// itself (anonymous pages and swap, on Linux alone, else null), and the JavaScript heap.
export async function memory(page, profile) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  for (let turn = 0; turn < 3; turn++) {
    await session.send('HeapProfiler.collectGarbage');
    await pause(500);
  }
  const { metrics } = await session.send('Performance.getMetrics');
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize').value / 1e6;
  return { own: await ownMemory(page, profile).catch(() => null), heap };
}

// The page's process is the one that works while the page does.
async function ownMemory(page, profile) {
  const renderers = await renderersOf(profile);
  const before = await Promise.all(renderers.map(ticks));
  await page.evaluate(() => {
    const end = performance.now() + 800;
    while (performance.now() < end);
  });
  const after = await Promise.all(renderers.map(ticks));
  const worked = after.map((now, at) => now - before[at]);
  const status = await readFile(`/proc/${renderers[worked.indexOf(Math.max(...worked))]}/status`, 'utf8');
  const kilobytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)[1]);
  return ((kilobytes('RssAnon') + kilobytes('VmSwap')) * 1024) / 1e6;
}

async function renderersOf(profile) {
  const found = [];
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('--type=renderer') && (await belongs(id, profile))) found.push(id);
  }
  return found;
}

// Whether a process descends from the browser of this profile.
async function belongs(id, profile) {
  while (id !== '0') {
    const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(`--user-data-dir=${profile}`)) return true;
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => 'PPid:\t0');
    [, id] = /^PPid:\s+(\d+)/m.exec(status);
  }
  return false;
}

// Time that a process has worked, in ticks of the system's clock.
async function ticks(id) {
  const fields = (await readFile(`/proc/${id}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
