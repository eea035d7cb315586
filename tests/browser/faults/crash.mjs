// The renderer crashes while somebody types, at times on a disk that is slow just
// then. What is found is one state that was, and at most the last half second is
// missing.
import { pause } from '../support/wait.mjs';
import { begin, eachRound, noPanic, onDisk, reopened, tally } from './support.mjs';
import { comparedAfterKill, script, typing } from './typing.mjs';

export const name = 'crash';
export const what = 'a page that crashes while somebody types loses nothing older than 500 ms';
export const rounds = { short: 2, long: 100 };

export async function run(options) {
  const figures = { lost: 0, mixed: 0, excused: 0, 'oldest lost': 0 };
  const failures = await onDisk(options.dist, ({ context, url, reports }) =>
    eachRound({ name, ...options }, async (dice, fail) => {
      const { page, cdp, address } = await begin(context, url);
      const strokes = script(dice, { ime: dice.oneIn(4) });
      const typist = typing(page, cdp, strokes);
      await pause(dice.between(300, 5_000));
      const slow = dice.oneIn(3);
      if (slow) {
        await page.evaluate(holdStore, 2_000);
        await pause(dice.between(200, 900));
      }
      typist.stop();
      const killed = Date.now();
      cdp.send('Page.crash').catch(() => {});
      await page.waitForEvent('crash');
      await page.close();

      const may = typist.started();
      const found = await reopened(context, address);
      const verdict = comparedAfterKill(strokes, found, { reports: reports(page), killed, may });
      tally(figures, verdict, found, fail);
      noPanic(reports(page), fail);
      return `${verdict.count} of ${may} strokes found, ${verdict.must} had to be${slow ? ', slow disk' : ''}`;
    }));
  return { rounds: options.rounds, figures, failures };
}

// Runs in the page: keeps a transaction going for which every write has to wait.
async function holdStore(ms) {
  const opening = indexedDB.open('zhidu');
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const database = opening.result;
  const records = database.transaction([...database.objectStoreNames]).objectStore('records');
  const until = Date.now() + ms;
  const go = () => {
    if (Date.now() < until) records.get('').onsuccess = go;
  };
  go();
}
