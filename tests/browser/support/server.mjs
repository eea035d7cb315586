// A static server for a built folder, as plain as a static host is: no
// fallback pages, and compression only where it is asked for. Counts requests so
// that a test can show that there are none.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

// Serves `folder` under `prefix` ("/" or "/some/sub/path/") on a free port, each
// file gzipped once if `compressed`; with `forgotten` no browser keeps any.
export async function serve(folder, prefix = '/', { compressed = false, forgotten = false } = {}) {
  const state = { requests: [], folder, refused: /(?!)/, delayed: /(?!)/, delay: Promise.resolve() };
  const packed = new Map();
  const added = new Map();
  const pack = (name, bytes) => {
    const file = join(state.folder, name);
    if (!packed.has(file)) packed.set(file, gzipSync(bytes, { level: 9 }));
    return packed.get(file);
  };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    state.requests.push(path);
    let name = path.startsWith(prefix) ? path.slice(prefix.length) : null;
    if (name === '') name = 'index.html';
    try {
      if (name === null || normalize(name).startsWith('..')) throw new Error('outside');
      if (state.delayed.test(name)) await state.delay;
      if (state.refused.test(name)) throw new Error('refused');
      const bytes = added.get(name) ?? (await readFile(join(state.folder, name)));
      const fresh = name.endsWith('.html') || name === 'sw.js';
      response.writeHead(200, {
        'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
        'cache-control': forgotten ? 'no-store' : fresh ? 'no-cache' : 'public, max-age=31536000, immutable',
        ...(compressed ? { 'content-encoding': 'gzip' } : {}),
      });
      response.end(compressed ? pack(name, bytes) : bytes);
    } catch {
      response.writeHead(404).end('not found');
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  return {
    ...state,
    state,
    port,
    url: `http://localhost:${port}${prefix}`,
    // Serves a text as one more file.
    add: (name, text) => { added.set(name, Buffer.from(text)); },
    // Has no file of such a name from now on; without one it has all again.
    refuse: (names = /(?!)/) => { state.refused = names; },
    // Keeps files of such names back until what it gives is called.
    holdBack: (names) => {
      state.delayed = names;
      return new Promise((given) => { state.delay = new Promise((go) => given(() => go())); });
    },
    // Serves another build from now on, as a new release does.
    switchTo: (other) => { state.folder = other; },
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }),
  };
}
