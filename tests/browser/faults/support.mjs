// What the probes share: seeded rounds, and the program in a browser.
import { chromium } from 'playwright-core';
import { FLAGS, INTRANET, launchChromium } from '../support/chromium.mjs';
import { CHROMIUM, scratch } from '../support/env.mjs';
import { officer } from '../support/officer.mjs';
import { serve } from '../support/server.mjs';
import { seeded } from '../support/texts.mjs';
import { eventually } from '../support/wait.mjs';
import { shownTexts, watch } from './watch.mjs';

// Long enough for a machine that builds something at the same time.
export const PATIENCE = 30_000;

// Choices that are the same for the same seed and round.
function dice(seed, round) {
  const next = seeded(Math.imul(seed, 0x9e3779b1) ^ Math.imul(round + 1, 0x85ebca6b));
  const below = (limit) => Math.floor(next() * limit);
  return {
    below,
    between: (from, to) => from + below(to - from),
    oneIn: (n) => below(n) === 0,
    oneOf: (list) => list[below(list.length)],
  };
}

// Plays rounds, in `lanes` at a time, and gives the failures. `play` has the
// dice of its round and a function that takes note of a failure, and gives a
// word for the progress. What it throws is a failure too.
export async function eachRound({ name, rounds, first = 0, seed, log, lanes = 1 }, play) {
  const failures = [];
  let next = first;
  const lane = async () => {
    while (next < first + rounds) {
      const round = next++;
      const wrong = [];
      const fail = (why) => wrong.push(`${name} --seed ${seed} --first ${round}: ${why}`);
      const word = await play(dice(seed, round), fail, round).catch((error) => fail(String(error).split('\n')[0]));
      log(wrong.length ? wrong.join('\n') : `${name} ${round}: ${word}`);
      failures.push(...wrong);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return failures;
}

const SCREEN = { locale: 'zh-CN', viewport: { width: 1366, height: 900 } };

// The program in a Chromium whose profile is on disk, as a person has it. One
// page at a time: Chromium draws only the one in front at its full rate.
export async function onDisk(dist, run) {
  const server = await serve(dist);
  const context = await chromium.launchPersistentContext(await scratch(), {
    executablePath: CHROMIUM,
    args: FLAGS,
    ...SCREEN,
  });
  context.setDefaultTimeout(PATIENCE);
  try {
    return await run({ context, url: server.url, reports: await watch(context) });
  } finally {
    await context.close();
    await server.close();
  }
}

// The program on two hosts, one of which is plain http to a browser. `inContext`
// gives a context of its own to what is to be done in it.
export async function inMemory(dist, run) {
  const server = await serve(dist);
  const browser = await launchChromium({ args: INTRANET });
  const inContext = async (act) => {
    const context = await browser.newContext(SCREEN);
    context.setDefaultTimeout(PATIENCE);
    try {
      return await act(context, await watch(context));
    } finally {
      await context.close();
    }
  };
  try {
    return await run({ inContext, url: server.url, intranet: server.url.replace('localhost', 'intranet.test') });
  } finally {
    await browser.close();
    await server.close();
  }
}

// A new page with a new assessment, its address, and a session of the debugger,
// which `prepare` has before the page is there.
export async function begin(context, url, prepare = () => {}) {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await prepare(cdp);
  const me = officer(page);
  await me.openHome(url);
  await me.startAssessment();
  await me.seeSaved();
  return { page, cdp, address: page.url() };
}

// The texts of an assessment in this page, once it is open and at rest in this
// state; empty ones where there is no such assessment any more.
export async function opened(page, state = /^已保存/) {
  const me = officer(page);
  const missing = page.getByRole('heading', { name: '工作台' });
  await me.card(1).or(missing).first().waitFor();
  if (await missing.count()) return ['', ''];
  await eventually(async () => state.test(await me.saveState().innerText()), `the page says ${state}`, PATIENCE);
  return shownTexts(page);
}

// The same in a new page, which is closed again.
export async function reopened(context, address) {
  const page = await context.newPage();
  await page.goto(address);
  const texts = await opened(page);
  await page.close();
  return texts;
}

// Takes note of a panic that a page has reported.
export function noPanic(reports, fail) {
  for (const { kind, words } of reports) if (kind === 'panic') fail(`the program has failed: ${words}`);
}

// Takes note of a verdict of `compared` in the figures, and of what must not be.
export function tally(figures, { lost, excused = 0, mixed, oldest }, found, fail) {
  figures.lost += lost;
  figures.mixed += mixed;
  if (excused) figures.excused += excused;
  if (oldest) figures['oldest lost'] = Math.max(figures['oldest lost'], oldest);
  if (lost) fail(`${lost} characters are lost; found ${JSON.stringify(found)}`);
  if (mixed) fail(`found a state that never was: ${JSON.stringify(found)}`);
}
