// A 完成情况说明 of a million characters: how long a key press takes there, and
// the way to 已保存. What was typed is there afterwards; times are only reported.
import { longText, make } from '../bench/assessment.mjs';
import { PATIENCE, launch } from '../bench/chromium.mjs';
import * as measure from '../bench/measures.mjs';
import { percentile } from '../bench/statistics.mjs';
import { CHROMIUM } from '../support/env.mjs';
import { serve } from '../support/server.mjs';
import { eachRound } from './support.mjs';

export const name = 'narrative';
export const what = 'a text of a million characters can be typed into and is kept';
// Key presses, and as many saves.
export const rounds = { short: 0, long: 150 };

const LONG = 1_000_000;
const CATALOGUE = 'beijing-balance-2018';

export async function run(options) {
  const figures = { lost: 0, mixed: 0 };
  const server = await serve(options.dist);
  const chromium = await launch(CHROMIUM);
  const failures = await eachRound({ ...options, name, rounds: 1 }, async (_, fail) => {
    const page = await chromium.page();
    await page.context().addInitScript(timeWrites);
    const address = await make(page, server.url, CATALOGUE, longText(LONG));
    const before = longText(LONG)(CATALOGUE)[0][1].narrative;

    const typed = await measure.opened(chromium, address);
    const keys = await measure.keys(typed, options.rounds, 0.5);
    await said(typed);
    const saves = await measure.saves(typed, options.rounds);
    const writes = await typed.evaluate(() => window.faultsWrites);
    figures['key to painted, p95'] = milliseconds(keys, 0.95);
    figures['key to 已保存, p99'] = milliseconds(saves, 0.99);
    figures['write, p99'] = milliseconds(writes, 0.99);

    await typed.reload();
    const field = typed.getByLabel('完成情况说明').first();
    const found = await field.inputValue();
    const half = before.length / 2;
    const expected = `${before.slice(0, half)}${'a'.repeat(2 * options.rounds)}${before.slice(half)}`;
    figures.lost = Math.max(0, expected.length - found.length);
    if (found !== expected) fail(`${found.length} characters found that differ from the ${expected.length} typed`);
    return `${writes.length} writes`;
  });
  await chromium.close();
  await server.close();
  return { rounds: options.rounds, figures, failures };
}

const said = (page) => page.getByRole('status', { name: /^已保存/ }).waitFor({ timeout: PATIENCE });

const milliseconds = (samples, part) => `${percentile(samples, part).toFixed(0)} ms`;

// Runs in the page: how long each write took the browser.
function timeWrites() {
  window.faultsWrites = [];
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (names, mode, ...rest) {
    const begun = transaction.call(this, names, mode, ...rest);
    const at = performance.now();
    if (mode === 'readwrite') begun.addEventListener('complete', () => window.faultsWrites.push(performance.now() - at));
    return begun;
  };
}
