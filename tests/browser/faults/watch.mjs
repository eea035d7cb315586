// What the probes know of a page: a script in it listens, reads what a person
// sees, and reports that at once with the page's own clock. So it is known what
// a page had shown, and when, also if it is gone a moment later.

// The points whose 完成情况说明 is typed into.
export const POINTS = [1, 2];

const BEAT = 100;
// By so much a beat may be late on any machine.
const SLACK = 15;

// Watches all pages of a context; gives, for a page, its reports so far:
//   loaded    a document begins
//   typed     an `input` event, before the program hears of it; with the texts
//   saved     the page says 已保存; with the texts of this moment
//   unsaved   the page has painted 未保存 and the red bar
//   editable  whether the fields can be typed into (`on`) has changed
//   panic     the notice of a crash, with its words
//   beat      every 100 ms, if the page is served
export async function watch(context) {
  const reports = new WeakMap();
  const of = (page) => reports.get(page) ?? reports.set(page, []).get(page);
  await context.exposeBinding('faultsReport', ({ page }, report) => void of(page).push(report));
  await context.addInitScript(install, [POINTS, BEAT]);
  return of;
}

// The texts that a page shows now.
export const shownTexts = (page) => page.evaluate(
  (points) => points.map((point) => document.querySelector(`#point-${point} textarea`)?.value ?? ''),
  POINTS,
);

// For how many milliseconds of a span a page was not served: because the machine
// was busy, or the page itself was.
export function heldUp(reports, span) {
  const beats = reports.filter(({ kind }) => kind === 'beat').map(({ at }) => at);
  const gaps = [...beats, Infinity].map((at, index) => ({ from: (beats[index - 1] ?? at) + BEAT + SLACK, to: at }));
  return gaps.reduce((sum, gap) => sum + overlap(gap, span), 0);
}

// Milliseconds that two spans have in common.
export const overlap = (one, other) => Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from));

function install([points, every]) {
  const report = (kind, more) => window.faultsReport({ kind, at: Date.now(), ...more });
  const field = (point) => document.querySelector(`#point-${point} textarea`);
  const texts = () => points.map((point) => field(point)?.value ?? '');
  const last = {};
  // Calls `then` when the value of this name is another one.
  const changes = (name, value, then) => {
    if (last[name] === value) return;
    last[name] = value;
    then(value);
  };
  const saveState = () => {
    const states = [...document.querySelectorAll('[role=status]')].map((it) => it.textContent);
    return states.find((it) => /^(已保存|正在保存|未保存)/.test(it)) ?? '';
  };
  const look = () => {
    const state = saveState();
    const red = state.startsWith('未保存') && document.querySelector('.z-bar-line--bad[role=alert]') !== null;
    changes('saved', state.startsWith('已保存'), (saved) => saved && report('saved', { texts: texts() }));
    changes('unsaved', red, () => red && requestAnimationFrame(() => report('unsaved')));
    const first = field(points[0]);
    if (first) changes('editable', !first.readOnly, (on) => report('editable', { on }));
    changes('panic', document.querySelector('#crash pre')?.textContent, (words) => report('panic', { words }));
  };
  const beat = () => {
    report('beat');
    setTimeout(beat, every);
  };
  report('loaded');
  beat();
  addEventListener('input', () => report('typed', { texts: texts() }), true);
  new MutationObserver(look).observe(document, {
    childList: true,
    subtree: true,
    characterData: true,
    attributeFilter: ['readonly'],
  });
}
