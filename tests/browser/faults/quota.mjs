// The disk is full for a while, again and again, while somebody types. The page
// says so within a second of the first refusal, keeps the text, also through a
// reload, and stores it once there is room.
import { fillUp } from '../support/store.mjs';
import { pause } from '../support/wait.mjs';
import { begin, eachRound, inMemory, noPanic, opened, reopened, tally } from './support.mjs';
import { compared, script, typing } from './typing.mjs';
import { shownTexts } from './watch.mjs';

export const name = 'quota';
export const what = 'a disk that is full for a while is said within 1 s, and nothing is lost';
export const rounds = { short: 1, long: 100 };

const SMALL = 300_000;
const SAID_WITHIN = 1_000;

export async function run(options) {
  const figures = { lost: 0, mixed: 0, refusals: 0, 'ms to 未保存': 0, 'ms to 已保存': 0 };
  // On an origin without a service worker the quota is the work's alone.
  const failures = await inMemory(options.dist, ({ inContext, intranet: url }) =>
    eachRound({ name, ...options }, (dice, fail) => inContext(async (context, reports) => {
      await context.addInitScript(reportRefusals);
      const { origin } = new URL(url);
      const { page, cdp, address } = await begin(context, url, (session) =>
        // Before the first write, because Chromium remembers what was free.
        session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: SMALL }));
      const strokes = script(dice, { ime: dice.oneIn(4) });
      const check = (where, found, count) => {
        const verdict = compared(strokes, found, { must: count, may: count });
        tally(figures, verdict, found, (why) => fail(`${where}: ${why}`));
      };

      let typist = typing(page, cdp, strokes);
      await pause(dice.between(300, 2_500));
      await fillUp(page);
      await pause(dice.between(300, 4_000));
      const reloads = dice.oneIn(3);
      if (reloads) {
        const done = await typist.finished();
        check('after a reload while full', await reloaded(page), done);
        typist = typing(page, cdp, strokes, done);
        await pause(dice.between(300, 2_000));
      }
      await cdp.send('Storage.overrideQuotaForOrigin', { origin });
      const room = Date.now();
      await pause(dice.below(3_000));
      const done = await typist.finished();
      check('on the page', await shownTexts(page), done);
      await opened(page);
      check('saved', await reopened(context, address), done);

      const seen = reports(page);
      const delays = delaysOf(seen);
      figures.refusals += seen.filter(({ kind }) => kind === 'refused').length;
      figures['ms to 未保存'] = Math.max(figures['ms to 未保存'], ...delays);
      const saved = seen.find(({ kind, at }) => kind === 'saved' && at >= room);
      if (delays.length && saved) figures['ms to 已保存'] = Math.max(figures['ms to 已保存'], saved.at - room);
      noPanic(seen, fail);
      for (const ms of delays) if (ms > SAID_WITHIN) fail(`未保存 stood ${ms} ms after the refusal`);
      return `${done} strokes, 未保存 after ${delays.join(', ') || 'no refusal'}${reloads ? ', reloaded' : ''}`;
    })));
  return { rounds: options.rounds, figures, failures };
}

// The texts after a reload, whether they can be stored or not.
async function reloaded(page) {
  await page.reload();
  return opened(page, /^(已保存|未保存)/);
}

// From the first refusal to the red bar, each time that the page had to show it;
// also where it never came, though the text could not be stored for long.
function delaysOf(reports) {
  const delays = [];
  let refused;
  let said = false;
  for (const { kind, at } of [...reports, { kind: 'loaded', at: Date.now() }]) {
    if (kind === 'refused' && !said) refused ??= at;
    const ends = kind === 'loaded' || kind === 'saved';
    if (!ends && kind !== 'unsaved') continue;
    if (refused !== undefined && (kind === 'unsaved' || at - refused > SAID_WITHIN)) delays.push(at - refused);
    refused = undefined;
    said = kind === 'unsaved';
  }
  return delays;
}

// Runs in the page: reports each write that the browser refuses for want of space.
function reportRefusals() {
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...given) {
    const begun = transaction.apply(this, given);
    if (this.name === 'zhidu') {
      begun.addEventListener('abort', () => {
        if (begun.error?.name === 'QuotaExceededError') window.faultsReport({ kind: 'refused', at: Date.now() });
      });
    }
    return begun;
  };
}
