// A new version is offered, never forced: it waits until the page, which alone
// knows whether everything is saved, calls `applyUpdate`.

let waitingWorker;
let updateOffered = false;
let updateApplied = false;
const updateListeners = [];

// `listener` is called, without arguments, when a new version stands ready.
zhidu.onUpdate = (listener) => {
  updateListeners.push(listener);
  if (updateOffered) listener();
};

zhidu.applyUpdate = () => {
  updateApplied = true;
  if (!waitingWorker) return location.reload();
  activated(waitingWorker).finally(() => location.reload());
  waitingWorker.postMessage('skip');
};

function watchForUpdate(registration) {
  if (registration.waiting) considerUpdate(registration.waiting);
  registration.onupdatefound = () => {
    const found = registration.installing;
    found?.addEventListener('statechange', () => {
      if (found.state === 'installed' && registration.active) considerUpdate(found);
    });
  };
  // Another tab took the new version; this one still runs the old.
  navigator.serviceWorker.oncontrollerchange = () => {
    waitingWorker = undefined;
    if (!updateApplied) offerUpdate();
  };
}

// A page loaded past the service worker may already be of the waiting version;
// then there is nothing to offer.
async function considerUpdate(worker) {
  const { version } = await ask(worker, 'version');
  if (version === zhidu.version) return worker.postMessage('skip');
  waitingWorker = worker;
  offerUpdate();
}

function offerUpdate() {
  if (updateOffered) return;
  updateOffered = true;
  for (const listener of updateListeners) listener();
}
