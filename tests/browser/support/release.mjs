// A next release of a built site: the same program under another version, as
// a host would serve it after an update.
import { createHash } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const sha256 = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

export async function versionOf(folder) {
  return /"version":"(\w+)"/.exec(await readFile(join(folder, 'index.html'), 'utf8'))[1];
}

// The page `page` as version `version`: the script that names the version gets its new
// hash in the policy.
function renamed(page, version) {
  const script = /<script>(var zhidu = [^]*?)<\/script>/.exec(page)[1];
  const next = script.replace(/"version":"\w+"/, `"version":"${version}"`);
  return page.replace(script, () => next).replace(sha256(script), () => sha256(next));
}

// Writes the single file `file` to `target` as version `version`.
export async function nextFile(file, target, version) {
  await writeFile(target, renamed(await readFile(file, 'utf8'), version));
}

// Copies `folder` to `target` as version `version`. The page gets its new hash in sw.js.
export async function nextRelease(folder, target, version) {
  await cp(folder, target, { recursive: true });
  const old = await versionOf(folder);
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  const next = renamed(page, version);
  await writeFile(join(target, 'index.html'), next);
  const worker = await readFile(join(folder, 'sw.js'), 'utf8');
  const named = worker.replace(`VERSION = "${old}"`, `VERSION = "${version}"`);
  await writeFile(join(target, 'sw.js'), named.replace(sha256(page), () => sha256(next)));
}
