// What the test command hands over: the built program and the other programs
// that the tests start.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

function given(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests by \`cargo xtask test browser\``);
  return value;
}

export const DIST = given('ZHIDU_DIST');
export const CHROMIUM = given('ZHIDU_CHROMIUM');
export const FIREFOX = given('ZHIDU_FIREFOX');
export const PYTHON = given('ZHIDU_PYTHON');
export const SOFFICE = given('ZHIDU_SOFFICE');
export const PDFTOTEXT = given('ZHIDU_PDFTOTEXT');

// Not given where WebKitGTK cannot be had.
export const WEBKIT = process.env.ZHIDU_WEBKIT;
export const XVFB = process.env.ZHIDU_XVFB;

export const SINGLE_FILE = pathToFileURL(join(DIST, 'zhidu.html')).href;
export const CHECK_SUBMISSION = fileURLToPath(new URL('../../files/check_submission.py', import.meta.url));

// The folders made by `scratch`, removed when the process ends its tests.
const folders = [];

export async function scratch() {
  const folder = await mkdtemp(join(tmpdir(), 'zhidu-'));
  folders.push(folder);
  return folder;
}

export async function removeScratch() {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
}
