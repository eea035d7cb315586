// Where the programs' bytes come from: files beside the page in the hosted
// form, gzip + base64 blocks of the page itself in the single file.

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
  const text = atob(block.textContent);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream, { headers: { 'Content-Type': 'application/wasm' } });
}

function parsed() {
  if (document.readyState !== 'loading') return undefined;
  return new Promise((resolve) => addEventListener('DOMContentLoaded', resolve, { once: true }));
}
