// The fault probes in their short form; `node faults.mjs` runs the long one.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PROBES } from './faults/probes.mjs';
import { DIST, removeScratch } from './support/env.mjs';

after(removeScratch);

// Some are for the long form alone.
for (const { what, rounds, run } of PROBES.filter((probe) => probe.rounds.short > 0)) {
  test(what, async () => {
    const { failures } = await run({ dist: DIST, rounds: rounds.short, seed: 2026, log: () => {} });
    assert.deepEqual(failures, []);
  });
}
