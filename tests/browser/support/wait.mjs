// Waiting for something to become true. Polls from outside the page, because
// the page's policy allows no evaluated text.

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Calls `look` until it returns something truthy, and returns that.
export async function eventually(look, what, timeout = 10_000) {
  const end = Date.now() + timeout;
  let last;
  for (;;) {
    try {
      last = await look();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${timeout} ms; last: ${last}`);
    await pause(40);
  }
}
