// What the probes type, and what must be found of it. Both texts get the same
// running numbers, or the same words in the same order, in turn; so a state in
// which one text is older than the other is no state that ever was.
import { WORDS } from '../support/ime.mjs';
import { pause } from '../support/wait.mjs';
import { POINTS, heldUp } from './watch.mjs';

// What is younger than this when a page or a browser is killed may be lost.
export const GRACE = 500;

const EVERY = 100;
const STROKES = 400;

// Strokes: the field, the text, whether it is only composed, and both texts
// afterwards. With `ime` they are pinyin, then a word.
export function script(dice, { ime = false } = {}) {
  const strokes = [];
  const committed = ['', ''];
  const stroke = (field, text, composing) => {
    const after = committed.map((before, at) => (at === field ? before + text : before));
    strokes.push({ field, text, composing, after });
    if (!composing) committed[field] = after[field];
  };
  // How much goes into one field before the other has its turn.
  const turn = dice.oneOf([1, 1, 2, 5]);
  for (let number = 1; strokes.length < STROKES; number += turn) {
    for (const field of [0, 1]) {
      for (let next = number; next < number + turn; next++) {
        const [word, pinyin] = ime ? WORDS[next % WORDS.length] : [`${next}、`, ''];
        for (let length = 1; length <= pinyin.length; length += 2) stroke(field, pinyin.slice(0, length), true);
        stroke(field, word, false);
      }
    }
  }
  return strokes;
}

// Types strokes from the `from`-th on, ten a second. `stop` ends it at once, and
// a stroke may be on its way then; `finished` waits for it, and for the word that
// is being composed, and gives how many strokes were typed.
export function typing(page, cdp, strokes, from = 0) {
  let stopped = false;
  let finishing = false;
  let started = from;
  const type = async () => {
    let field;
    for (const stroke of strokes.slice(from)) {
      const began = Date.now();
      if (stroke.field !== field) await page.evaluate(focusEnd, `#point-${POINTS[stroke.field]} textarea`);
      if (stopped) return;
      ({ field } = stroke);
      started += 1;
      const end = stroke.text.length;
      await (stroke.composing
        ? cdp.send('Input.imeSetComposition', { text: stroke.text, selectionStart: end, selectionEnd: end })
        : cdp.send('Input.insertText', { text: stroke.text }));
      if (finishing && !stroke.composing) return;
      await pause(Math.max(0, began + EVERY - Date.now()));
      if (stopped) return;
    }
  };
  const done = type().catch((error) => {
    if (!stopped) throw error;
  });
  // A page that is killed may leave it waiting for ever.
  done.catch(() => {});
  return {
    started: () => started,
    stop: () => void (stopped = true),
    finished: async () => {
      finishing = true;
      await done;
      return started;
    },
  };
}

function focusEnd(selector) {
  const field = document.querySelector(selector);
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

// After how many strokes the texts are these; undefined if they never are.
export function position(strokes, texts) {
  if (same(['', ''], texts)) return 0;
  const index = strokes.findLastIndex((stroke) => same(stroke.after, texts));
  return index < 0 ? undefined : index + 1;
}

const same = (one, other) => one[0] === other[0] && one[1] === other[1];

// The strokes that a page has reported: for each the count and the moment.
// Throws where the page shows what was never typed.
export function performed(strokes, reports) {
  return reports.filter(({ kind }) => kind === 'typed').map(({ at, texts }) => {
    const count = position(strokes, texts);
    if (count === undefined) throw new Error(`the page has never been told to show ${JSON.stringify(texts)}`);
    return { at, count };
  });
}

// Compares the texts that were found with what was typed: `must` strokes have to
// be there, more than `may` cannot be. Gives the strokes that are there, the
// characters that are lost, and whether it is a state that never was.
export function compared(strokes, found, { must, may }) {
  const count = position(strokes, found);
  if (count === undefined || count > may) return { count: 0, lost: 0, mixed: true };
  return { count, lost: count < must ? missing(strokes[must - 1], found) : 0, mixed: false };
}

const missing = ({ after }, found) =>
  after.reduce((sum, text, field) => sum + Math.max(0, [...text].length - [...found[field]].length), 0);

// The same after a page was killed, when what is being composed and what is
// younger than GRACE may be missing. `excused` is lost too, but the page was not
// served long enough to store it; `oldest` is the age of the oldest that is lost.
export function comparedAfterKill(strokes, found, { reports, killed, may }) {
  const typed = performed(strokes, reports);
  const due = (isOld) => committed(strokes, typed.findLast(isOld)?.count ?? 0);
  const age = ({ at }) => killed - at;
  const served = ({ at }) => age({ at }) - heldUp(reports, { from: at, to: killed });
  const must = due((it) => age(it) > GRACE);
  const all = compared(strokes, found, { must, may });
  const { lost } = compared(strokes, found, { must: due((it) => served(it) > GRACE), may });
  const missed = typed.find((it) => committed(strokes, it.count) > all.count);
  return { ...all, must, lost, excused: all.lost - lost, oldest: missed && !all.mixed ? age(missed) : 0 };
}

// How many strokes at the beginning end with a text that is not being composed.
export function committed(strokes, count) {
  let whole = count;
  while (whole > 0 && strokes[whole - 1].composing) whole -= 1;
  return whole;
}
