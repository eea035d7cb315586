// The long form of the fault probes:
//
//   node faults.mjs [--only crash,reload] [--seed S] [--rounds N] [--first R]
//
// prints its progress, then a table; fails if anything was lost. `--first` is
// for running one round again, as a failure names it.
//
// ZHIDU_COMPARE_DIST may be another build, which is killed in the same way to
// see what it loses; that fails nothing.
import { parseArgs } from 'node:util';
import { PROBES } from './faults/probes.mjs';
import * as sigkill from './faults/sigkill.mjs';
import { DIST, removeScratch } from './support/env.mjs';

const { values: given } = parseArgs({
  options: {
    only: { type: 'string', default: PROBES.map(({ name }) => name).join() },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string' },
    first: { type: 'string', default: '0' },
  },
});
const chosen = given.only.split(',').map((name) => {
  const probe = PROBES.find((it) => it.name === name);
  if (!probe) throw new Error(`no probe ${name}; there are ${PROBES.map((it) => it.name).join(', ')}`);
  return probe;
});

const rows = [];
const failures = [];
for (const probe of chosen) {
  const result = await ran(probe, DIST);
  rows.push(row(probe.name, result));
  // A run that is broken off has told what it knew.
  console.error(rows.at(-1));
  failures.push(...result.failures);
}
const { ZHIDU_COMPARE_DIST } = process.env;
if (ZHIDU_COMPARE_DIST && chosen.includes(sigkill)) {
  rows.push(row('sigkill, the other build', await ran(sigkill, ZHIDU_COMPARE_DIST, 'the other build: ')));
}
await removeScratch();
console.log(['| probe | rounds | lost | mixed | figures |', '| --- | ---: | ---: | ---: | --- |', ...rows].join('\n'));
if (failures.length) console.log(`\n${failures.join('\n')}`);
process.exitCode = failures.length ? 1 : 0;

async function ran(probe, dist, prefix = '') {
  const began = Date.now();
  const result = await probe.run({
    dist,
    rounds: Number(given.rounds ?? probe.rounds.long),
    first: Number(given.first),
    seed: Number(given.seed),
    log: (line) => console.error(prefix + line),
  });
  console.error(`${probe.name}: ${((Date.now() - began) / 1000).toFixed(0)} s`);
  return result;
}

function row(name, { rounds, figures: { lost, mixed, ...others } }) {
  const figures = Object.entries(others).map(([what, value]) => `${what}: ${value}`);
  return `| ${[name, rounds, lost, mixed, figures.join('; ')].join(' | ')} |`;
}
