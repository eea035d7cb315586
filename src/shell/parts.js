// Where the programs' bytes come from: files beside the page in the hosted
// form, gzip + base85 blocks of the page itself in the single file.

const { form, files } = zhidu;

// A `Response` holding the part. Its body was checked against the hash that
// the build wrote down, or against gzip's own sum.
async function part(name) {
  return form === 'single' ? inflated(name) : fetched(name);
}

async function fetched(name) {
  const { url, integrity } = files[name];
  const response = await ((name === 'page' && zhidu.fetching) || fetch(url, { integrity }));
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

async function inflated(name) {
  // The page's own block stands before this script, the others at the end.
  if (name !== 'page') await parsed();
  const block = document.getElementById(files[name].block);
  if (!block) throw new Error(`${name}: the file is cut short`);
  const stream = new Blob([bytesOf(block.textContent)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream, { headers: { 'Content-Type': 'application/wasm' } });
}

// The bytes of a block, as xtask/src/pack.rs writes them.
function bytesOf(text) {
  const groups = (text.length - 1) / 5;
  const words = new DataView(new ArrayBuffer(groups * 4));
  for (let group = 0, at = 1; group < groups; group++) {
    let word = 0;
    for (const end = at + 5; at < end; at++) {
      const code = text.charCodeAt(at);
      word = word * 85 + (code === 121 ? 24 : code - 36);
    }
    words.setUint32(group * 4, word);
  }
  return words.buffer.slice(0, groups * 4 - Number(text[0]));
}

function parsed() {
  if (document.readyState !== 'loading') return undefined;
  return new Promise((resolve) => addEventListener('DOMContentLoaded', resolve, { once: true }));
}
