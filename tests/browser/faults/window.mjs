// One of several windows on the same assessment: what can be done to it, and
// what it reports. What is done waits for what was done to the same window
// before, and goes on beside what is done to the others.
import { pause } from '../support/wait.mjs';
import { GRACE } from './typing.mjs';
import { POINTS, heldUp, overlap } from './watch.mjs';

export async function openWindow(context, reports, address) {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const tokens = new Set();
  const frozen = [];
  let end;
  let waiting = 0;
  let chain = page.goto(address).catch(() => {});
  const ends = (killed) => (end ??= { at: Date.now(), killed });
  const queue = (act) => {
    waiting += 1;
    chain = chain.then(() => (end ? undefined : act())).catch(() => {}).finally(() => (waiting -= 1));
    return chain;
  };
  page.on('crash', () => ends(true));
  const isFrozen = () => frozen.some(({ to }) => to > Date.now());
  // For how long of a span it was frozen, or not served.
  const away = (span) => Math.max(
    heldUp(reports(page), span),
    frozen.reduce((sum, one) => sum + overlap(one, span), 0),
  );

  return {
    isGone: () => end !== undefined,
    // Nothing is being done to it, and it hears.
    isAtRest: () => waiting === 0 && !isFrozen(),
    isEditable: () => end === undefined && state(reports(page)) === true,
    isReading: () => end === undefined && state(reports(page)) === false,
    away,
    reports: () => reports(page),

    // Types tokens behind the texts of points, as long as they can be typed into.
    // Chromium hears the keys of a page that is not in front once in a second.
    type: (texts) => queue(async () => {
      await page.bringToFront();
      for (const [point, token] of texts) {
        if (!(await page.evaluate(focusEnd, `#point-${point} textarea`))) return;
        tokens.add(token);
        await cdp.send('Input.insertText', { text: token });
        await pause(30);
      }
    }),

    // Puts the cursor into a field, as somebody does who reads.
    look: ([[point]]) => queue(() => page.evaluate(focusEnd, `#point-${point} textarea`)),

    takeOver: () => queue(() => page.getByRole('button', { name: '接管编辑' }).dispatchEvent('click', {}, { timeout: 500 })),

    reload: () => queue(() => page.reload()),

    freeze: (ms) => queue(async () => {
      const from = await page.evaluate(busy, ms);
      frozen.push({ from, to: from + ms });
    }),

    // Gives when it had crashed; nothing if the browser did not say so in time.
    crash: async () => {
      ends(true);
      const crashed = page.waitForEvent('crash').then(() => Date.now(), () => undefined);
      cdp.send('Page.crash').catch(() => {});
      const at = await crashed;
      await page.close();
      return at;
    },

    // Chromium kills a page that does not answer instead of letting it go.
    close: () => queue(async () => {
      ends(isFrozen());
      await Promise.all([page.waitForEvent('close'), page.close({ runBeforeUnload: true })]);
    }),

    // Waits until it has done what it was told to.
    async rest() {
      if (!end) await chain;
      while (isFrozen()) await pause(50);
    },

    // The tokens that were typed here and have to be somewhere: all, or those
    // that were called saved or were old enough when the page was killed. Those
    // in `excused` were, but the page was not served long enough to store them.
    owed() {
      const owed = { required: [], excused: [] };
      const seen = reports(page);
      for (const token of tokens) {
        const has = ({ texts }) => texts?.some((it) => it.includes(token));
        const typed = seen.find((it) => it.kind === 'typed' && has(it));
        if (!typed) continue;
        const saved = seen.some((it) => it.kind === 'saved' && it.at >= typed.at && has(it));
        const age = end.killed && !saved ? end.at - typed.at : Infinity;
        if (age - away({ from: typed.at, to: end.at }) > GRACE) owed.required.push(token);
        else if (age > GRACE) owed.excused.push(token);
      }
      return owed;
    },

    // From when to when its fields could be typed into.
    editableTimes() {
      const times = [];
      const seen = [...reports(page), { kind: 'loaded', at: end?.at ?? Date.now() }];
      let from;
      for (const { kind, at, on } of seen) {
        if (from !== undefined && (kind === 'loaded' || on === false)) times.push({ from, to: at });
        if (kind === 'loaded' || on === false) from = undefined;
        if (on === true) from ??= at;
      }
      return times;
    },
  };
}

// A point at random and the next token, for each of `count`.
export const someTokens = (dice, count, token) =>
  Array.from({ length: count }, () => [dice.oneOf(POINTS), token()]);

// Whether a page said last that it can be typed into; undefined while it loads.
function state(reports) {
  const last = reports.findLast(({ kind }) => kind === 'editable' || kind === 'loaded');
  return last?.on;
}

function focusEnd(selector) {
  const field = document.querySelector(selector);
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
  return field?.readOnly === false;
}

function busy(ms) {
  const from = Date.now();
  setTimeout(() => {
    while (Date.now() < from + ms);
  });
  return from;
}
