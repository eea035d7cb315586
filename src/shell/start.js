// Starts the page program, or says why it does not start.

const HEALED = 'zhidu-healed';

// The program opens everything read-only if this is true.
zhidu.safe = crashLoop();

zhidu.mounted = () => {
  document.getElementById('boot')?.remove();
  remember(HEALED, null);
  if (form === 'single') return;
  if (window.requestIdleCallback) requestIdleCallback(makeOffline, { timeout: 2000 });
  else setTimeout(makeOffline, 300);
};

async function start() {
  try {
    firstPart = await wasm_bindgen({ module_or_path: part('page') });
  } catch (error) {
    if (isTrap(error)) zhidu.crash(describe(error));
    else await notStarted(error);
  }
}

// A cache that was emptied or half replaced heals by loading the page anew past
// it: once, and only when the page can be reached.
async function notStarted(error) {
  console.error(error);
  if (form === 'hosted' && !remembered(HEALED) && (await reachable())) {
    remember(HEALED, 'yes');
    return startAnew();
  }
  const boot = document.getElementById('boot');
  boot.setAttribute('role', 'alert');
  boot.textContent = '';
  const reason =
    form === 'hosted'
      ? '程序没有载入成功，可能是网络中断，或文件没有下载完整。'
      : '程序没有载入成功，这个文件可能不完整。请重新获取 zhidu.html。';
  boot.append(element('p', {}, reason), element('p', {}, '您已保存的内容都在本机，不受影响。'));
  boot.append(button('重试', startAnew), element('pre', {}, String(error)));
}

async function startAnew() {
  if (form === 'hosted') {
    await forgetFiles().catch(() => {});
    // Replaces a damaged copy that the browser itself may have kept.
    await fetch(files.page.url, { cache: 'reload' }).catch(() => {});
  }
  location.reload();
}

// Drops the kept program files. What the user saved is stored elsewhere.
async function forgetFiles() {
  const scope = new URL('./', location.href);
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration?.scope === scope.href) await registration.unregister();
  for (const name of await ownCaches()) await caches.delete(name);
}

async function reachable() {
  const probe = new URL('./?', location.href);
  probe.hash = '';
  return fetch(probe, { cache: 'no-store' }).then((response) => response.ok, () => false);
}

// sessionStorage may be blocked; without it the page heals by the button alone.
function remembered(key) {
  try {
    return sessionStorage.getItem(key) !== null;
  } catch {
    return true;
  }
}

function remember(key, value) {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    // Blocked: nothing to remember.
  }
}

start();
