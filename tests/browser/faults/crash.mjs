// The renderer crashes while somebody types. What is found then is one state
// that was, and at most the last half second is missing.
import { pause } from '../support/wait.mjs';
import { begin, eachRound, noPanic, onDisk, reopened } from './support.mjs';
import { GRACE, committed, compared, performed, script, typing } from './typing.mjs';

export const name = 'crash';
export const what = 'a page that crashes while somebody types loses nothing older than 500 ms';
export const rounds = { short: 3, long: 100 };

export async function run(options) {
  const figures = { lost: 0, mixed: 0, 'oldest lost': '0 ms' };
  let oldest = 0;
  const failures = await onDisk(options.dist, ({ context, url, reports }) =>
    eachRound({ name, ...options }, async (dice, fail) => {
      const { page, cdp, address } = await begin(context, url);
      const strokes = script(dice, { ime: dice.oneIn(4) });
      const typist = typing(page, cdp, strokes);
      await pause(dice.between(300, 5_000));
      typist.stop();
      const crashed = Date.now();
      cdp.send('Page.crash').catch(() => {});
      await page.waitForEvent('crash');
      await page.close();

      const typed = performed(strokes, reports(page));
      const old = typed.filter(({ at }) => at < crashed - GRACE).at(-1)?.count ?? 0;
      const found = await reopened(context, address);
      const { count, lost, mixed } = compared(strokes, found, {
        must: committed(strokes, old),
        may: typist.started(),
      });
      const missed = typed.find((it) => committed(strokes, it.count) > count);
      if (missed && !mixed) oldest = Math.max(oldest, crashed - missed.at);
      figures.lost += lost;
      figures.mixed += mixed;
      figures['oldest lost'] = `${oldest} ms`;
      noPanic(reports(page), fail);
      if (lost) fail(`${lost} characters older than ${GRACE} ms are lost; found ${JSON.stringify(found)}`);
      if (mixed) fail(`found a state that never was: ${JSON.stringify(found)}`);
      return `${count} of ${typist.started()} strokes found, ${old} had to be`;
    }));
  return { rounds: options.rounds, figures, failures };
}
