// Everything in the store, as text.
export function stored(page) {
  return page.evaluate(async () => {
    const wait = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const database = await wait(indexedDB.open('zhidu'));
    const all = {};
    for (const name of database.objectStoreNames) {
      const store = database.transaction(name).objectStore(name);
      all[name] = [await wait(store.getAllKeys()), await wait(store.getAll())];
    }
    database.close();
    return JSON.stringify(all);
  });
}

// Takes what is left of a small quota, up to the last byte, in a database of its own.
export function fillUp(page) {
  return page.evaluate(async () => {
    const opening = indexedDB.open('ballast');
    opening.onupgradeneeded = () => opening.result.createObjectStore('ballast', { autoIncrement: true });
    await new Promise((resolve, reject) => {
      opening.onsuccess = resolve;
      opening.onerror = () => reject(opening.error);
    });
    const put = (bytes) => new Promise((resolve) => {
      const transaction = opening.result.transaction('ballast', 'readwrite');
      transaction.oncomplete = () => resolve(true);
      transaction.onabort = () => resolve(false);
      transaction.objectStore('ballast').put(crypto.getRandomValues(new Uint8Array(bytes)));
    });
    for (let bytes = 65_536; bytes >= 1;) {
      if (!(await put(bytes))) bytes = Math.floor(bytes / 2);
    }
    opening.result.close();
  });
}
