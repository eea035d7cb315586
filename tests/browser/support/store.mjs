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
