// Where the programs' bytes come from: files beside the page in the hosted
// form; in the single file packed blocks as base94 and scripts of the page itself.

const { form, files } = zhidu;

const MODULE = { headers: { 'Content-Type': 'application/wasm' } };

const asked = new Map();

// What `make` promises, asked for once under this name; what failed is asked for anew
// the next time.
function once(name, make) {
  if (!asked.has(name)) {
    const coming = make();
    coming.catch(() => asked.delete(name));
    asked.set(name, coming);
  }
  return asked.get(name);
}

// A `Response` holding the part. Its body was checked against the hash that
// the build wrote down, or against the sum at the end of what was packed.
async function part(name) {
  if (form === 'hosted') return fetched(name);
  // The page's own block stands before this script, the others at the end.
  if (name !== 'page') await parsed();
  const { block, scripts } = files[name];
  return scripts ? new Response(scripts.map((id) => written(name, id)).join('')) : unpacked(name, block);
}

async function fetched(name) {
  const { url, integrity } = files[name];
  const early = zhidu.early[name];
  delete zhidu.early[name];
  const first = await (early ?? fetch(url, { integrity })).catch(() => undefined);
  if (first?.ok) return first;
  // Once more past what the browser and the service worker may hold damaged.
  await forgetFile(url).catch(() => {});
  const response = await fetch(url, { integrity, cache: 'reload' });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

async function forgetFile(url) {
  for (const name of await ownCaches()) {
    await (await caches.open(name)).delete(new URL(url, location.href));
  }
}

// The names of the caches that the service worker of this address fills.
async function ownCaches() {
  const names = (await window.caches?.keys()) ?? [];
  return names.filter((name) => name.startsWith(`zhidu-${new URL('./', location.href).pathname}-`));
}

function written(name, id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`${name}: the file is cut short`);
  return found.textContent;
}

// The program is packed tighter than what browsers inflate; what unpacks it is gzip.
async function unpacked(name, id) {
  await once('unpack', () => zhidu.unpacker({ module_or_path: inflated('unpack', files.unpack.block) }));
  const bytes = zhidu.unpacker.unpack(bytesOf(written(name, id)));
  if (!bytes) throw new Error(`${name}: the file is damaged`);
  return new Response(bytes, MODULE);
}

function inflated(name, id) {
  const bytes = bytesOf(written(name, id));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream, MODULE);
}

// The bytes of a block, as xtask/src/pack.rs writes them: nine for each eleven
// digits, worked out in three parts of 24 bits.
function bytesOf(text) {
  const groups = (text.length - 1) / 11;
  const bytes = new Uint8Array(groups * 9);
  for (let group = 0, at = 1; group < groups; group++) {
    let [high, middle, low] = [0, 0, 0];
    for (const end = at + 11; at < end; at++) {
      const code = text.charCodeAt(at);
      low = low * 94 + (code > 60 ? code - 33 : code - 32);
      middle = middle * 94 + (low >>> 24);
      high = high * 94 + (middle >>> 24);
      low &= 0xffffff;
      middle &= 0xffffff;
    }
    write24(bytes, group * 9, high);
    write24(bytes, group * 9 + 3, middle);
    write24(bytes, group * 9 + 6, low);
  }
  return bytes.subarray(0, bytes.length - Number(text[0]));
}

function write24(bytes, at, number) {
  bytes[at] = number >>> 16;
  bytes[at + 1] = number >>> 8;
  bytes[at + 2] = number;
}

function parsed() {
  if (document.readyState !== 'loading') return undefined;
  return new Promise((resolve) => addEventListener('DOMContentLoaded', resolve, { once: true }));
}
