// Keeps the hosted page openable without a network. The build writes above this
// text: VERSION, FILES (name -> integrity, '' being the page itself) and FRESH
// (ask the network for the page first, as the development server wants it).
//
// It never takes over by itself: a new version waits until the page says so.

const SCOPE = new URL('./', location.href);
const MINE = `zhidu-${SCOPE.pathname}-`;
const CACHE = MINE + VERSION;

self.addEventListener('install', (event) => {
  if (FRESH) self.skipWaiting();
  event.waitUntil(keepAll());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOthers());
});

self.addEventListener('message', (event) => {
  const [port] = event.ports;
  if (event.data === 'skip') self.skipWaiting();
  if (event.data === 'version') port.postMessage({ version: VERSION });
  if (event.data === 'complete') {
    const kept = keepAll().then(() => true, () => false);
    event.waitUntil(kept.then((complete) => port.postMessage({ complete })));
  }
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const name = nameOf(new URL(request.url));
  if (request.method !== 'GET' || !Object.hasOwn(FILES, name)) return;
  if (name === '' && request.mode !== 'navigate') return;
  event.respondWith(answer(name, request));
});

// The name of a file of ours, without the scope; null for anything else.
function nameOf(url) {
  if (url.origin !== SCOPE.origin || url.search !== '') return null;
  if (!url.pathname.startsWith(SCOPE.pathname)) return null;
  const name = url.pathname.slice(SCOPE.pathname.length);
  return name === 'index.html' ? '' : name;
}

async function answer(name, request) {
  if (FRESH && name === '') {
    const live = await fetch(request).catch(() => null);
    if (live) return live;
  }
  try {
    const cache = await caches.open(CACHE);
    return (await cache.match(urlOf(name))) ?? (await keep(cache, name));
  } catch {
    // No cache, or the file on the server is of another version by now.
    return fetch(request);
  }
}

// Fetches what is missing; fails as a whole when one file does.
async function keepAll() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    Object.keys(FILES).map(async (name) => (await cache.match(urlOf(name))) ?? keep(cache, name)),
  );
}

// Stores one file, as the build made it, and returns it. What the browser
// fetched a moment ago for the page serves as well; a damaged copy of it is
// refused by its hash and fetched anew.
async function keep(cache, name) {
  const integrity = FILES[name];
  let response;
  try {
    response = await fetch(urlOf(name), { integrity, cache: name === '' ? 'no-cache' : 'default' });
    if (!response.ok) throw new Error(String(response.status));
  } catch {
    response = await fetch(urlOf(name), { integrity, cache: 'reload' });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
  }
  // Built anew, because a page that came by a redirect would be refused as an
  // answer to a navigation.
  const headers = { 'Content-Type': response.headers.get('Content-Type') ?? '' };
  const kept = new Response(await response.arrayBuffer(), { headers });
  await cache.put(urlOf(name), kept.clone());
  return kept;
}

function urlOf(name) {
  return new URL(name, SCOPE).href;
}

async function dropOthers() {
  for (const name of await caches.keys()) {
    if (name.startsWith(MINE) && name !== CACHE) await caches.delete(name);
  }
}
