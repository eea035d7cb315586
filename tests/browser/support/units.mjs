// 分工 by file, as people do it: the workbooks are exported, filled in elsewhere by a script,
// and dropped onto the page.
import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { PYTHON, scratch } from './env.mjs';

const run = promisify(execFile);
const FILL = new URL('./fill_units.py', import.meta.url).pathname;

// The workbooks of all units in a ZIP file: its path.
export async function split(me) {
  const download = await me.download(() => me.page.getByRole('button', { name: /^导出全部单位填报表/ }).click());
  const path = join(await scratch(), 'units.zip');
  await download.saveAs(path);
  return path;
}

// What the units return, with what they have written.
export async function filled(zip) {
  const folder = join(await scratch(), 'back');
  await mkdir(folder, { recursive: true });
  const { stdout } = await run(PYTHON, [FILL, zip, folder], { maxBuffer: 1 << 24 });
  return JSON.parse(stdout);
}

// Drops files onto the page, as from a folder: names with what is in them.
export async function drop(me, files) {
  await me.page.evaluate((files) => {
    const data = new DataTransfer();
    for (const [name, base64] of files) {
      data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    }
    const event = (type) => new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
    for (const type of ['dragover', 'drop']) document.querySelector('main').dispatchEvent(event(type));
  }, files.map(([name, content]) => [name, Buffer.from(content).toString('base64')]));
}

// The same with files of the disk.
export async function dropped(me, paths) {
  await drop(me, await Promise.all(paths.map(async (path) => [basename(path), await readFile(path)])));
}
