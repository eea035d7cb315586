// Makes the page usable without a network and says truly when it is: all parts of the
// program, the texts and the file worker's bytes are here and, where a service worker
// is possible, it holds every file.

let offlineState = form === 'single' ? 'ready' : 'fetching';
let retryTimer;
const offlineListeners = [];

// `listener` gets "fetching", "ready" or "failed", now and on every change.
zhidu.onOffline = (listener) => {
  offlineListeners.push(listener);
  listener(offlineState);
};

async function makeOffline() {
  clearTimeout(retryTimer);
  setOffline('fetching');
  try {
    await allTexts();
    await allLaterParts();
    await office();
    await keepWithServiceWorker();
    setOffline('ready');
  } catch (error) {
    console.warn(error);
    setOffline('failed');
    retryTimer = setTimeout(makeOffline, 60_000);
  }
}

addEventListener('online', () => {
  if (offlineState === 'failed') makeOffline();
});

function setOffline(state) {
  if (state === offlineState) return;
  offlineState = state;
  for (const listener of offlineListeners) listener(state);
}

// Done at once where there is no service worker: on plain http, or when the
// browser forbids it, as private windows may.
async function keepWithServiceWorker() {
  if (!isSecureContext || !navigator.serviceWorker) return;
  let registration;
  try {
    registration = await navigator.serviceWorker.register('sw.js', { updateViaCache: 'none' });
  } catch (error) {
    if (error.name === 'SecurityError' || error.name === 'NotSupportedError') return;
    throw error;
  }
  watchForUpdate(registration);
  if (!registration.active) await activated(registration.installing ?? registration.waiting);
  const answer = await ask(registration.active, 'complete');
  if (!answer.complete) throw new Error('some files could not be kept');
}

function activated(worker) {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker.state === 'activated') resolve();
      if (worker.state === 'redundant') reject(new Error('the service worker was not installed'));
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

// The service worker's answer to one question.
function ask(worker, question) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(event.data);
    worker.postMessage(question, [port2]);
    setTimeout(() => reject(new Error('the service worker does not answer')), 30_000);
  });
}
