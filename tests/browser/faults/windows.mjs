// Several windows on one assessment do what they like, in any order. What was
// typed anywhere is in the assessment or in 未并入的修改, nobody writes over
// anybody, and a window that reads goes on for a writer that has crashed.
import { median } from '../bench/statistics.mjs';
import { eventually, pause } from '../support/wait.mjs';
import { audit } from './audit.mjs';
import { PATIENCE, begin, eachRound, inMemory, noPanic, reopened } from './support.mjs';
import { openWindow, someTokens } from './window.mjs';

export const name = 'windows';
export const what = 'whatever several windows on one assessment do, nothing is lost or written over';
export const rounds = { short: 0, long: 1_000 };

// Contexts beside each other.
const LANES = 2;
const STEPS = 8;
const TAKEN_OVER_WITHIN = 2_000;
// A window that lost may be slow to notice; it must not write then.
const TOGETHER_AT_MOST = 2_500;

const ACTIONS = [
  ...Array(7).fill('type'),
  ...Array(3).fill('takeOver'),
  ...Array(2).fill('reload'),
  ...Array(2).fill('close'),
  ...Array(2).fill('crash'),
  ...Array(2).fill('freeze'),
  ...Array(2).fill('look'),
];
const FOR_WRITERS = new Set(['type', 'crash', 'freeze']);
const FOR_READERS = new Set(['takeOver', 'look']);

export async function run(options) {
  const figures = { lost: 0, mixed: 0, excused: 0, tokens: 0, 'ms two wrote': 0 };
  const takeovers = [];
  const failures = await inMemory(options.dist, ({ inContext, url, intranet }) =>
    eachRound({ name, lanes: LANES, ...options }, (dice, fail) => inContext((context, reports) => {
      const host = dice.oneOf([url, intranet]);
      return interleaving({ context, reports, url: host, dice, fail, figures, takeovers });
    })));
  figures.takeovers = takeovers.length;
  if (takeovers.length) figures['ms to take over'] = `${median(takeovers)}, ${Math.max(...takeovers)} at most`;
  return { rounds: options.rounds, figures, failures };
}

async function interleaving({ context, reports, url, dice, fail, figures, takeovers }) {
  const { page, address } = await begin(context, url);
  await page.close();
  const store = await audit(context, url, fail);
  const windows = [];
  const open = async () => windows.push(await openWindow(context, reports, address));
  const count = dice.oneOf([2, 2, 3]);
  for (let number = 0; number < count; number++) await open();
  await eventually(() => windows.some((it) => it.isEditable()), 'a window can be typed into', PATIENCE);

  const done = [];
  let last = 0;
  const token = () => `【${++last}】`;
  for (let step = 0; step < STEPS; step++) {
    const there = windows.filter((it) => !it.isGone());
    // The same draws in each run, whatever the windows have come to.
    const [action, at, anyone] = [dice.oneOf(ACTIONS), dice.below(6), dice.oneIn(5)];
    const texts = someTokens(dice, dice.between(1, 9), token);
    const [ms, wait] = [dice.between(300, 3_000), dice.below(900)];
    if (there.length < count) await open();
    if (action === 'type') await eventually(() => windows.some((it) => it.isEditable()), 'a writer', 1_000).catch(() => {});
    // Mostly a window in which the action means something.
    const means = (it) => (FOR_READERS.has(action) && it.isReading()) || (FOR_WRITERS.has(action) && it.isEditable());
    const fit = there.filter(means);
    const among = fit.length && !anyone ? fit : there;
    const window = among[at % among.length];
    done.push(window ? `${action} ${windows.indexOf(window)}` : 'open');
    if (!window) continue;
    if (action === 'crash') {
      const took = await crash(window, windows);
      if (took) takeovers.push(took.ms);
      if (took && took.ms - took.away > TAKEN_OVER_WITHIN) {
        fail(`taken over ${took.ms} ms after a crash, ${took.away} ms of it not served; ${done.join(', ')}`);
      }
    } else {
      window[action](action === 'freeze' ? ms : texts);
    }
    await pause(wait);
  }
  for (const window of windows) await window.rest();
  if (dice.oneIn(2)) await pause(1_000);
  await Promise.all(windows.filter((it) => !it.isGone()).map((it) => it.close()));

  await reopened(context, address);
  const { texts, tokens } = await store.end();
  const owed = windows.map((it) => it.owed());
  const required = owed.flatMap((it) => it.required);
  const lost = required.filter((it) => !tokens.has(it));
  const odd = texts.filter((text) => !/^(【\d+】)*$/.test(text) || new Set(text.split('】')).size < text.split('】').length);
  figures.tokens += required.length;
  figures.lost += lost.length;
  figures.excused += owed.flatMap((it) => it.excused).filter((it) => !tokens.has(it)).length;
  figures.mixed += odd.length;
  const said = `after ${done.join(', ')}`;
  if (lost.length) fail(`${lost.join('')} lost ${said}`);
  if (odd.length) fail(`odd texts ${odd.join(' and ')} ${said}`);
  for (const window of windows) noPanic(window.reports(), fail);
  const together = longestTogether(windows);
  figures['ms two wrote'] = Math.max(figures['ms two wrote'], together);
  if (together > TOGETHER_AT_MOST) fail(`two windows could be typed into for ${together} ms ${said}`);
  return `${required.length} tokens ${said}`;
}

// Crashes a window. If it was the writer and another one only read and was free
// to go on, gives how long that took.
async function crash(window, windows) {
  const others = windows.filter((it) => it !== window && !it.isGone());
  const alone = window.isEditable() && !others.some((it) => it.isEditable());
  const measured = alone && others.some((it) => it.isReading() && it.isAtRest());
  const told = Date.now();
  const from = await window.crash();
  if (!measured || from === undefined) return undefined;
  const isTaken = ({ kind, on, at }) => kind === 'editable' && on && at >= told;
  const taken = () => others.map((it) => [it, it.reports().find(isTaken)]).find(([, report]) => report);
  const [taker, report] = await eventually(taken, 'a reading window goes on', 10_000);
  return { ms: Math.max(0, report.at - from), away: taker.away({ from, to: report.at }) };
}

// For how long two windows could be typed into at the same time, not counting
// the time in which either heard nothing.
function longestTogether(windows) {
  const spans = windows.flatMap((window) => window.editableTimes().map((time) => ({ window, time })));
  const together = spans.flatMap((one, index) => spans.slice(index + 1).map((other) => {
    if (one.window === other.window) return 0;
    const both = { from: Math.max(one.time.from, other.time.from), to: Math.min(one.time.to, other.time.to) };
    return both.to - both.from - one.window.away(both) - other.window.away(both);
  }));
  return Math.max(0, ...together);
}
