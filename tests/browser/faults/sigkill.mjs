// The whole browser is killed while somebody types, and started again with the
// same profile. What the page had called saved is there, and all that is older
// than half a second.
//
// `dist` may be another build, to compare: one that stores its work elsewhere
// loses more, or less.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { FLAGS } from '../support/chromium.mjs';
import { CHROMIUM, scratch } from '../support/env.mjs';
import { serve } from '../support/server.mjs';
import { pause } from '../support/wait.mjs';
import { PATIENCE, begin, eachRound, noPanic, reopened, tally } from './support.mjs';
import { committed, compared, comparedAfterKill, position, script, typing } from './typing.mjs';
import { watch } from './watch.mjs';

export const name = 'sigkill';
export const what = 'a browser that is killed while somebody types loses nothing saved and nothing older than 500 ms';
export const rounds = { short: 1, long: 100 };

export async function run(options) {
  const figures = { lost: 0, mixed: 0, excused: 0, 'saved and lost': 0, 'oldest lost': 0 };
  const server = await serve(options.dist);
  const profile = await scratch();
  let browser = await start(profile);
  const failures = await eachRound({ name, ...options }, async (dice, fail) => {
    const { page, cdp, address } = await begin(browser.context, server.url);
    const reports = browser.reports(page);
    const strokes = script(dice, { ime: dice.oneIn(4) });
    const typist = typing(page, cdp, strokes);
    await pause(dice.between(300, 6_000));
    typist.stop();
    const killed = Date.now();
    await browser.kill();
    browser = await start(profile);

    const may = typist.started();
    const found = await reopened(browser.context, address);
    const verdict = comparedAfterKill(strokes, found, { reports, killed, may });
    tally(figures, verdict, found, fail);
    const said = reports.findLast(({ kind }) => kind === 'saved');
    const saved = committed(strokes, position(strokes, said.texts));
    const { lost } = compared(strokes, found, { must: saved, may });
    figures['saved and lost'] += lost;
    if (lost) fail(`${lost} characters that were called saved are lost; found ${JSON.stringify(found)}`);
    noPanic(reports, fail);
    return `${verdict.count} of ${may} strokes found, ${verdict.must} had to be, ${saved} were called saved`;
  });
  await browser.kill();
  await server.close();
  return { rounds: options.rounds, figures, failures };
}

// A browser of this profile in a process group of its own, which can be killed
// with all that it has started.
async function start(profile) {
  const child = spawn(
    CHROMIUM,
    [
      ...FLAGS,
      '--headless',
      '--hide-crash-restore-bubble',
      '--lang=zh-CN',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      '--window-size=1366,900',
      'about:blank',
    ],
    { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const browser = await chromium.connectOverCDP(await endpoint(child));
  const [context] = browser.contexts();
  context.setDefaultTimeout(PATIENCE);
  return {
    context,
    reports: await watch(context),
    async kill() {
      const gone = once(child, 'exit');
      process.kill(-child.pid, 'SIGKILL');
      await gone;
    },
  };
}

async function endpoint(child) {
  for await (const line of createInterface({ input: child.stderr })) {
    const [, address] = /^DevTools listening on (\S+)/.exec(line) ?? [];
    if (address) {
      child.stderr.resume();
      return address;
    }
  }
  throw new Error('Chromium has not started');
}
