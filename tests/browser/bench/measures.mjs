// One function for each thing that is measured. Each gives samples in
// milliseconds, taken in the page by the probes.
import { pause } from '../support/wait.mjs';
import { PATIENCE, slowed, until, withoutCaches } from './chromium.mjs';

// The same "random" choices each time.
function choices(seed = 1) {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

// Opens an assessment, and the floor in turn with it, each time in a page of its own.
export async function openings(chromium, address, floor, n, caches) {
  const samples = { ours: [], floor: [] };
  for (let turn = 0; turn < n; turn++) {
    for (const [of, at] of [['ours', address], ['floor', floor]]) {
      const page = await chromium.page();
      if (caches === 'none') await withoutCaches(page);
      if (caches === 'slowed') await slowed(page);
      await page.goto(at, { waitUntil: 'commit' });
      samples[of].push(await usable(page));
      if (caches === 'warm' && of === 'ours') await offlineReady(page);
    }
  }
  return samples;
}

// Opens the floor and waits until it can be used.
export async function floorOpened(chromium, floor) {
  const page = await chromium.page();
  await page.goto(floor, { waitUntil: 'commit' });
  await usable(page);
  return page;
}

// Opens an assessment and waits until nothing more is fetched.
export async function opened(chromium, address) {
  const page = await chromium.page();
  await page.goto(address, { waitUntil: 'commit' });
  await usable(page);
  await offlineReady(page);
  return page;
}

// Milliseconds from navigation to the first 完成情况说明; it has the focus then.
async function usable(page) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('no 完成情况说明 came up')), PATIENCE);
  });
  const usable = page.evaluate(() => window.bench.usable);
  return Promise.race([usable, late]).finally(() => clearTimeout(timer));
}

export function offlineReady(page) {
  const ready = () => document.querySelector('header')?.textContent.includes('可离线使用');
  return until(page, ready, '可离线使用');
}

// Letters typed into the first 完成情况说明, at `place` of its text (0 to 1).
export async function keys(page, n, place = 1) {
  const choose = choices();
  await usable(page);
  await page.evaluate((place) => {
    const field = document.activeElement;
    const at = Math.floor(field.value.length * place);
    field.setSelectionRange(at, at);
  }, place);
  await pause(300);
  return pressed(page, 'a', 'input', n, () => 60 + choose(60));
}

// A letter, then Tab, in one 完成情况说明 after the other.
export async function leavings(page, n) {
  const fields = page.getByLabel('完成情况说明');
  const count = await fields.count();
  const samples = [];
  for (let turn = 0; turn < n; turn++) {
    await fields.nth(turn % count).focus();
    await page.keyboard.press('a');
    await pause(60);
    samples.push(...(await pressed(page, 'Tab', 'focusin', 1, () => 20)));
  }
  return samples;
}

// Presses a key, with pauses, and gives the time of each press to the frame
// behind the event that it leads to.
export async function pressed(page, key, event, n, gap) {
  await page.evaluate((event) => {
    window.bench.spans = [];
    window.bench.keysUntil = event;
  }, event);
  for (let turn = 0; turn < n; turn++) {
    await page.keyboard.press(key);
    await pause(gap());
  }
  await until(page, (n) => window.bench.spans.length >= n, 'the keys are painted', n);
  return page.evaluate(() => {
    window.bench.keysUntil = null;
    return window.bench.spans;
  });
}

// Clicks on links of 指标目录 whose group is not shown.
export async function groupSwitches(page, n) {
  const links = page.getByRole('navigation', { name: '指标目录' }).getByRole('link');
  const count = await links.count();
  const choose = choices(2);
  const samples = [];
  while (samples.length < n) {
    const link = links.nth(choose(count));
    const heading = await link.getAttribute('title');
    if (heading === (await page.locator('#group-heading').textContent())) continue;
    samples.push(await clicked(page, link, 'nextGroup', heading));
  }
  return samples;
}

// Clicks on links to points whose group is not shown.
export async function jumps(page, n, points) {
  const [base] = /#\/a\/[^/]+/.exec(page.url());
  const choose = choices(3);
  const samples = [];
  while (samples.length < n) {
    const point = choose(points) + 1;
    if (await page.locator(`#point-${point}`).count()) continue;
    await page.evaluate((target) => {
      window.bench.spans = [];
      window.bench.jump(target);
    }, [`${base}/p/${point}`, `point-${point}`]);
    samples.push(await onlySpan(page));
    await pause(60);
  }
  return samples;
}

// Single letters, each followed by a wait for 已保存.
export async function saves(page, n) {
  const choose = choices(4);
  const samples = [];
  await page.getByLabel('完成情况说明').first().focus();
  for (let turn = 0; turn < n; turn++) {
    await page.evaluate(() => {
      window.bench.spans = [];
      window.bench.nextSave();
    });
    await page.keyboard.press('a');
    samples.push(await onlySpan(page));
    await pause(30 + choose(120));
  }
  return samples;
}

// 导出 Excel in a page just opened, then `n` times more; and the longest tasks.
export async function exports(page, n) {
  const button = page.getByRole('button', { name: '导出 Excel' });
  await page.evaluate(() => void (window.bench.longTasks = []));
  const first = await clicked(page, button, 'nextExport');
  const warm = [];
  for (let turn = 0; turn < n; turn++) {
    await pause(300);
    warm.push(await clicked(page, button, 'nextExport'));
  }
  await pause(300);
  const longest = await page.evaluate(() => Math.max(0, ...window.bench.longTasks));
  return { first, warm, longest };
}

// A click by the mouse at the middle of `target`, timed by a probe.
async function clicked(page, target, probe, argument) {
  await target.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await target.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await pause(60);
  await page.evaluate(
    ([probe, argument]) => {
      window.bench.spans = [];
      window.bench[probe](argument);
    },
    [probe, argument],
  );
  await page.mouse.down();
  await page.mouse.up();
  return onlySpan(page);
}

function onlySpan(page) {
  return until(page, () => window.bench.spans[0], 'the page answers');
}
