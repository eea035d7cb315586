// Safe mode: after three crashes within a minute the program starts read-only,
// so that a fault that comes with every start cannot touch the work.

const CRASHES = 'zhidu.crashes';
const CRASHES_OF_LOOP = 3;
const LOOP_MS = 60_000;

// localStorage may be blocked, filled up by the very journal of the crash, or empty for once:
// Chromium was seen to give it so to a page that is opened from a file on a busy machine.
const CRASH_STORAGES = ['localStorage', 'sessionStorage'];

// Forgets the crashes and starts for editing.
zhidu.leaveSafeMode = () => {
  for (const name of CRASH_STORAGES) {
    try {
      window[name].removeItem(CRASHES);
    } catch {
      // Blocked: nothing was kept in it.
    }
  }
  location.reload();
};

// Notes a crash of this moment. Says whether the next start will be read-only.
function noteCrash() {
  const at = Date.now();
  const times = [...crashTimes(), at].slice(-CRASHES_OF_LOOP);
  const looping = keepCrashes(times) && crashLoop();
  // The notice promises a read-only start, however long it is read before.
  if (looping) {
    addEventListener('pagehide', () => keepCrashes(times.map((time) => time + Date.now() - at)));
  }
  return looping;
}

function crashLoop() {
  const times = crashTimes();
  return times.length === CRASHES_OF_LOOP && Date.now() - times[0] <= LOOP_MS;
}

// The last crashes, newest last; each counts once, wherever it was kept.
function crashTimes() {
  const now = Date.now();
  const past = CRASH_STORAGES.flatMap(storedCrashes).filter((time) => Number.isFinite(time) && time <= now);
  return [...new Set(past)].sort((one, other) => one - other).slice(-CRASHES_OF_LOOP);
}

function storedCrashes(name) {
  try {
    const stored = JSON.parse(window[name].getItem(CRASHES));
    return Array.isArray(stored) ? stored : [];
  } catch {
    return [];
  }
}

// In each storage that takes it. `false` where none does.
function keepCrashes(times) {
  const taken = CRASH_STORAGES.filter((name) => {
    try {
      window[name].setItem(CRASHES, JSON.stringify(times));
      return true;
    } catch {
      return false;
    }
  });
  return taken.length > 0;
}
