// Everything that the program keeps in this browser, as one file, for whoever
// rescues work that the program itself no longer opens. It understands nothing
// of what it reads and changes nothing.

// Rejects if the browser does not let the database be read.
async function downloadRaw() {
  const taken = localTime();
  const raw = {
    format: 'zhidu-raw',
    version: zhidu.version,
    taken,
    stores: await storesOfDatabase(),
    // A journal may have been kept in the other one alone.
    localStorage: { ...entriesOf('sessionStorage', 'zhidu.journal.'), ...entriesOf('localStorage', 'zhidu.') },
  };
  const url = URL.createObjectURL(new Blob([JSON.stringify(raw)], { type: 'application/json' }));
  element('a', { href: url, download: `智督_原始数据_${taken.slice(0, 10)}.json` }).click();
  // Some browsers read the blob only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

zhidu.downloadRaw = downloadRaw;

// All stores as lists of key and value, of one moment.
async function storesOfDatabase() {
  const opening = indexedDB.open('zhidu');
  let missing = false;
  opening.onupgradeneeded = () => {
    missing = true;
    opening.transaction.abort();
  };
  const database = await answered(opening).catch((error) => {
    if (!missing) throw error;
  });
  if (!database) return {};
  try {
    const names = [...database.objectStoreNames];
    if (names.length === 0) return {};
    const transaction = database.transaction(names);
    const stores = names.map(async (name) => {
      const store = transaction.objectStore(name);
      const [keys, values] = await Promise.all([answered(store.getAllKeys()), answered(store.getAll())]);
      return [name, keys.map((key, at) => [key, values[at]])];
    });
    return Object.fromEntries(await Promise.all(stores));
  } finally {
    database.close();
  }
}

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// Where a storage is blocked, the program has kept nothing in it.
function entriesOf(storage, prefix) {
  try {
    const entries = Object.entries(window[storage]);
    return Object.fromEntries(entries.filter(([key]) => key.startsWith(prefix)));
  } catch {
    return {};
  }
}

// "2026-11-23 14:05:09", by the clock of this machine.
function localTime() {
  const now = new Date();
  const shifted = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19).replace('T', ' ');
}
