// The fault probes in their short form; `node faults.mjs` runs the long one.
// Runs alone: it kills its browser and waits by the clock.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PROBES } from './faults/probes.mjs';
import { DIST, removeScratch } from './support/env.mjs';

// Its rounds are short and have everything in them.
const SEED = 921_742;

after(removeScratch);

// Some are for the long form alone.
for (const { what, rounds, run } of PROBES.filter((probe) => probe.rounds.short > 0)) {
  test(what, async () => {
    const { failures } = await run({ dist: DIST, rounds: rounds.short, seed: SEED, log: () => {} });
    assert.deepEqual(failures, []);
  });
}
