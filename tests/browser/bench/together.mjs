// Work that is shared out: splitting it into files, what comes back, and the preview of a
// submission that was edited.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause } from '../support/wait.mjs';

// The files of a ZIP archive that is packed without compression.
function unpacked(bytes) {
  const files = [];
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50; ) {
    const [size, name, extra] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26), bytes.readUInt16LE(at + 28)];
    const from = at + 30 + name + extra;
    files.push([bytes.toString('utf8', at + 30, at + 30 + name), bytes.subarray(from, from + size)]);
    at = from + size;
  }
  return files;
}

async function taken(page, probe) {
  await page.waitForFunction(() => window.bench.spans.length > 0);
  const [span] = await page.evaluate(() => window.bench.spans.splice(0));
  if (span === undefined) throw new Error(`${probe} gave nothing`);
  return span;
}

const longest = (page) => page.evaluate(() => Math.max(0, ...window.bench.longTasks.splice(0)));

async function downloaded(page, click, folder) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

const input = (page) => page.locator('input[aria-label="选择要导入的文件"]');

// Milliseconds from the click on 导出全部单位填报表 to 已导出, from the moment at which all
// files that came back are given to the page to their preview, and the longest task of the
// page while it does so.
export async function sharedOut(page, n) {
  const folder = await mkdtemp(join(tmpdir(), 'zhidu-bench-'));
  try {
    await page.getByRole('link', { name: '分工', exact: true }).click();
    const all = page.getByRole('button', { name: /^导出全部单位填报表/ });
    await all.waitFor();
    await longest(page);
    const [splits, collections] = [[], []];
    let zip;
    for (let turn = 0; turn < n; turn++) {
      await page.evaluate(() => window.bench.nextExport());
      zip = await downloaded(page, () => all.click(), folder);
      splits.push(await taken(page, 'nextExport'));
      await pause(300);
    }
    const files = [];
    for (const [name, bytes] of unpacked(await readFile(zip)).slice(1)) {
      const path = join(folder, name);
      await writeFile(path, bytes);
      files.push(path);
    }
    for (let turn = 0; turn < n; turn++) {
      await page.getByRole('link', { name: '收集', exact: true }).click();
      await page.getByRole('heading', { name: '收集' }).waitFor();
      await page.evaluate((count) => window.bench.nextShown(['change', `还有 ${count} 份文件`]), files.length - 1);
      await input(page).setInputFiles(files);
      collections.push(await taken(page, 'nextShown'));
      for (let left = files.length; left > 0; left--) {
        await page.getByRole('button', { name: '不合并这份文件' }).first().click();
      }
    }
    return { splits, collections, units: files.length, longest: await longest(page) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// Milliseconds from the click on 总表 to its rows, and from a click that sorts them, or that
// sets the state of all of them, to the frame that shows it.
export async function overviews(page, points, n) {
  const [opened, sorted, set] = [[], [], []];
  const link = (name) => page.getByRole('navigation', { name: '页面' }).getByRole('link', { name, exact: true });
  for (let turn = 0; turn < n; turn++) {
    await page.evaluate((points) => window.bench.nextShown(['click', `${points} / ${points} 行`]), points);
    await link('总表').click();
    opened.push(await taken(page, 'nextShown'));
    await pause(300);
    const words = page.getByRole('columnheader', { name: '字数' }).getByRole('button');
    await page.evaluate(() => window.bench.nextSorted('descending'));
    await words.click();
    await words.click();
    sorted.push(await taken(page, 'nextSorted'));
    await page.getByRole('button', { name: '全选' }).click();
    await page.getByLabel('填报状态', { exact: true }).selectOption(turn % 2 ? '已完成' : '填报中');
    await page.evaluate((points) => window.bench.nextShown(['click', `已改 ${points} 行`]), points);
    await page.getByRole('button', { name: '设状态' }).click();
    set.push(await taken(page, 'nextShown'));
    await pause(1500);
    const close = page.getByRole('button', { name: '关闭提示' });
    while ((await close.count()) > 0) await close.first().click();
    await link('填报').click();
    await page.locator('#points textarea').first().waitFor();
    await pause(300);
  }
  return { opened, sorted, set };
}

// Milliseconds from the moment at which a submission is given to the page to what it says,
// and on to the preview of every change.
export async function previews(page, n) {
  const folder = await mkdtemp(join(tmpdir(), 'zhidu-bench-'));
  try {
    const file = await downloaded(page, () => page.getByRole('button', { name: '导出 Excel' }).click(), folder);
    await page.getByLabel('完成情况说明').first().fill('改写的说明。');
    await pause(1000);
    await longest(page);
    const found = [];
    for (let turn = 0; turn < n; turn++) {
      await page.evaluate(() => window.bench.nextShown(['change', '逐处核对合并']));
      await input(page).setInputFiles(file);
      const read = await taken(page, 'nextShown');
      await page.evaluate(() => window.bench.nextShown(['click', '确定之前不改动本机的内容']));
      await page.getByRole('button', { name: '逐处核对合并' }).click();
      found.push(read + (await taken(page, 'nextShown')));
      await page.getByRole('button', { name: '不合并这份文件' }).first().click();
      await page.locator('#points textarea').first().waitFor();
    }
    return { found, longest: await longest(page) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
