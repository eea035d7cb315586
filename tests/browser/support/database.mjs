// The database as earlier and later programs leave it. Plain calls of IndexedDB, made
// on a page of the same origin that holds no program.

// The object stores by version of the database.
const FIRST = ['records', 'summaries', 'aside', 'log', 'restore-points', 'restore-states', 'unmerged'];
export const LAYOUTS = { 1: FIRST, 2: [...FIRST, 'catalogues'], 3: [...FIRST, 'catalogues', 'of-later'] };

// A page of the program's origin without the program.
export const bare = (page, server) => page.goto(`${server.url}icon.svg`);

// Makes a database of a version with these records, and leaves it.
export const lay = (page, version, records) => page.evaluate(async ([version, stores, records]) => {
  const opening = indexedDB.open('zhidu', version);
  opening.onupgradeneeded = () => {
    for (const name of stores) opening.result.createObjectStore(name);
  };
  await new Promise((resolve, reject) => {
    opening.onsuccess = resolve;
    opening.onerror = () => reject(opening.error);
  });
  const writing = opening.result.transaction(['records', 'summaries'], 'readwrite', { durability: 'strict' });
  for (const [key, text] of Object.entries(records)) {
    writing.objectStore(key.includes('/summary/') ? 'summaries' : 'records').put(text, key);
  }
  await new Promise((resolve, reject) => {
    writing.oncomplete = resolve;
    writing.onabort = () => reject(writing.error);
  });
  opening.result.close();
}, [version, LAYOUTS[version], records]);

// Its version and its object stores.
export const layout = (page) => page.evaluate(async () => {
  const { name, version } = (await indexedDB.databases()).find((it) => it.name === 'zhidu');
  const opening = indexedDB.open(name);
  await new Promise((resolve) => { opening.onsuccess = resolve; });
  const stores = [...opening.result.objectStoreNames];
  opening.result.close();
  return { version, stores };
});

// An upgrade that breaks off half-way, as by a crash.
export const breakOff = (page, version) => page.evaluate(async (version) => {
  const opening = indexedDB.open('zhidu', version);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('catalogues');
    opening.transaction.abort();
  };
  await new Promise((resolve) => { opening.onerror = resolve; });
}, version);

// Holds a connection as a window of an earlier program does, which lets go of it
// `after` so many milliseconds when it is told.
export const hold = (page, version, after) => page.evaluate(async ([version, after]) => {
  const opening = indexedDB.open('zhidu', version);
  await new Promise((resolve) => { opening.onsuccess = resolve; });
  opening.result.onversionchange = () => setTimeout(() => opening.result.close(), after);
}, [version, after]);
