// `cargo xtask bench [--quick]`: measures the built program in Chromium and
// prints the table that stands in README.md.
//
// ZHIDU_DIST is the build for users, ZHIDU_BENCH_DIST the same with one more
// catalogue, of 2,000 points. Every point of the assessments is answered.
import { readFile, readdir } from 'node:fs/promises';
import { cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { byItsUnits, everyPoint, longText, make } from './bench/assessment.mjs';
import { launch, memory } from './bench/chromium.mjs';
import { plain } from './bench/floor.mjs';
import * as measure from './bench/measures.mjs';
import * as schools from './bench/schools.mjs';
import { beside, failed, percentile, single, table, times } from './bench/statistics.mjs';
import * as together from './bench/together.mjs';
import { serve } from './support/server.mjs';

const { ZHIDU_DIST, ZHIDU_BENCH_DIST, ZHIDU_CHROMIUM } = process.env;
if (!ZHIDU_DIST || !ZHIDU_BENCH_DIST || !ZHIDU_CHROMIUM) {
  throw new Error('ZHIDU_DIST, ZHIDU_BENCH_DIST and ZHIDU_CHROMIUM are not set: run `cargo xtask bench`');
}
const quick = process.argv.includes('--quick');
const samples = (many, few) => (quick ? few : many);

const CATALOGUES = [
  {
    id: 'beijing-balance-2018',
    points: 54,
    dist: ZHIDU_DIST,
    limits: { open: 1.05, slow: 1.35, key: 1.15, leave: 1.1, switch: 30, jump: 40, memory: 1.1, export: 150, first: 250, block: 50 },
  },
  {
    id: 'synthetic-2000',
    points: 2000,
    dist: ZHIDU_BENCH_DIST,
    limits: { open: 1.2, slow: 1.2, key: 1.15, leave: 1.1, switch: 30, jump: 40, memory: 1.2 },
  },
];
const LONG = 1_000_000;
// What was found with 54 points, by what it is.
const ours54 = new Map();

const rows = [];
const chromiumVersion = await versionOf();
await attempt('sizes', sizes);
await attempt('an empty page', reference);
for (const catalogue of CATALOGUES) {
  await attempt(`${catalogue.points} points`, () => measureCatalogue(catalogue));
}
await attempt('work that is shared out', sharedOut);
print();
process.exitCode = rows.some((row) => row.verdict === 'not measured') ? 1 : 0;

// What fails is a row of its own and does not keep the rest from being measured.
async function attempt(what, take) {
  const began = Date.now();
  try {
    rows.push(...[await take()].flat().filter(Boolean));
  } catch (error) {
    rows.push(failed(what, error));
    console.error(`${what}:`, error);
  }
  console.error(`${what}: ${((Date.now() - began) / 1000).toFixed(0)} s`);
}

async function versionOf() {
  const chromium = await launch(ZHIDU_CHROMIUM);
  const page = await chromium.page();
  const version = await page.evaluate(() => /Chrome\/(\d+)/.exec(navigator.userAgent)[1]);
  await chromium.close();
  return version;
}

async function sizes() {
  const names = await readdir(ZHIDU_DIST);
  const bytes = async (name) => readFile(join(ZHIDU_DIST, name));
  const packed = async (isPart) => {
    const parts = await Promise.all(names.filter(isPart).map(bytes));
    return parts.reduce((sum, part) => sum + gzipSync(part, { level: 9 }).length, 0) / 1000;
  };
  const page = await packed((name) => name === 'index.html' || name.startsWith('zhidu-'));
  const later = await packed((name) => /^(later|shared)-/.test(name));
  const text = await packed((name) => name.startsWith(`${CATALOGUES[0].id}-`));
  const office = await packed((name) => name.startsWith('office-'));
  const whole = (await bytes('zhidu.html')).length / 1000;
  return [
    single('first load: page, styles, scripts and first part of the program, gzip', page, 'KB', 330),
    single('the text of the catalogue in use (54 points), gzip', text, 'KB'),
    single('later parts of the program, fetched after the first paint, gzip', later, 'KB'),
    single('file worker, fetched after the first paint, gzip', office, 'KB', 750),
    single('single file zhidu.html', whole, 'KB', 1600),
  ];
}

// What the browser itself takes.
async function reference() {
  const chromium = await launch(ZHIDU_CHROMIUM);
  try {
    const page = await chromium.page();
    const empty = await memory(page, chromium.profile);
    await page.goto('data:text/html;charset=utf-8,<label for="a">完成情况说明</label><textarea id="a"></textarea>');
    const keys = await measure.keys(page, samples(200, 20));
    const [[, { narrative }]] = longText(LONG)('');
    await page.evaluate((text) => void (document.querySelector('textarea').value = text), narrative);
    const long = await measure.keys(page, samples(100, 10), 0.5);
    return [
      times('*for comparison:* key press to painted, a page with one text field', keys),
      times('*for comparison:* the same, in a text of 10⁶ characters', long, undefined, 'p95', 'in its middle'),
      single('*for comparison:* process memory, an empty page', empty.own, 'MB'),
    ];
  } finally {
    await chromium.close();
  }
}

async function measureCatalogue({ id, points, dist, limits }) {
  const server = await serve(dist, '/', { compressed: true });
  const chromium = await launch(ZHIDU_CHROMIUM);
  const named = (what) => `${what}, ${points.toLocaleString('en')} points`;
  const take = (what, go) => attempt(named(what), go);
  try {
    let page = await chromium.page();
    const address = await make(page, server.url, id, everyPoint(points));
    page = await measure.opened(chromium, address);

    // Nobody writes 2,000 points into one page; what they cost is told beside 54.
    server.add('floor.html', await plain(page, points === 54));
    const floor = `${server.url}floor.html`;

    const open = (what, n, caches, limit, note) =>
      take(what, async () => {
        const found = await measure.openings(chromium, address, floor, n, caches);
        if (points === 54) ours54.set(what, found.ours);
        const than = points === 54 ? ['the floor', found.floor] : ['54 points', ours54.get(what)];
        return beside(named(what), found.ours, than, limit, 'median', note);
      });
    await open('open to first field usable', samples(30, 4), 'none', limits.open, 'nothing cached');
    await open('open again', samples(30, 4), 'warm', limits.open, 'kept by the service worker');
    await open('open at 10 Mbit/s, 40 ms, CPU 4× slower', samples(30, 2), 'slowed', limits.slow, 'nothing cached');

    page = await measure.floorOpened(chromium, floor);
    const plainKeys = await measure.keys(page, samples(200, 30));
    const plainLeavings = await measure.leavings(page, samples(200, 10));
    page = await measure.opened(chromium, address);
    await take('key press to painted', async () =>
      beside(named('key press to painted'), await measure.keys(page, samples(200, 30)), ['the floor', plainKeys], limits.key, 'p95'),
    );
    await take('leaving a field to the next frame', async () =>
      beside(named('leaving a field to the next frame'), await measure.leavings(page, samples(200, 10)), ['the floor', plainLeavings], limits.leave, 'p95'),
    );
    await take('typing to 已保存', async () => {
      const found = await measure.saves(page, samples(200, 20));
      const note = `p99 ${percentile(found, 0.99).toFixed(0)} ms`;
      return times(named('typing to 已保存'), found, undefined, 'p95', note);
    });
    await take('switch to a group', async () =>
      times(named('switch to a group'), await measure.groupSwitches(page, samples(60, 10)), limits.switch),
    );
    await take('jump to a point', async () =>
      times(named('jump to a point'), await measure.jumps(page, samples(60, 10), points), limits.jump),
    );
    await take('总表', async () => {
      const found = await together.overviews(await measure.opened(chromium, address), points, samples(5, 2));
      return [
        times(named('总表 opened'), found.opened, undefined, 'median'),
        times(named('总表 sorted'), found.sorted, undefined, 'median'),
        times(named('a state set at all points of 总表'), found.set, undefined, 'median'),
      ];
    });
    await take('export', () => exportRows(chromium, address, named, limits));

    await take('memory', async () => {
      await chromium.restart();
      const fresh = await measure.opened(chromium, address);
      await measure.groupSwitches(fresh, 10);
      const { own, heap } = await memory(fresh, chromium.profile);
      await chromium.restart();
      const bare = await memory(await measure.floorOpened(chromium, floor), chromium.profile);
      if (points === 54) ours54.set('memory', own);
      const [than, base] = points === 54 ? ['the floor', bare.own] : ['54 points', ours54.get('memory')];
      const note = `${(own / base).toFixed(2)} × ${than} (${base?.toFixed(1)} MB); JavaScript heap ${heap.toFixed(1)} MB of it`;
      const row = single(named('process memory'), own, 'MB', undefined, note);
      return { ...row, budget: `≤ ${limits.memory} × ${than}`, verdict: own <= limits.memory * base ? 'ok' : '**over**' };
    });

    if (points === 54) {
      await attempt('2,000 schools', () => schoolRows(chromium, address));
      await attempt('a long text', async () => {
        const place = await make(await chromium.page(), server.url, id, longText(LONG));
        const long = await measure.opened(chromium, place);
        const found = await measure.keys(long, samples(150, 15), 0.5);
        const what = 'key press to painted, in a text of 10⁶ characters';
        return times(what, found, 50, 'p95', 'in its middle');
      });
    }
  } finally {
    await chromium.close();
    await server.close();
  }
}

// Document 004: 62 tasks among 18 units; and one submission of 54 points.
async function sharedOut() {
  const server = await serve(ZHIDU_DIST, '/', { compressed: true });
  const chromium = await launch(ZHIDU_CHROMIUM);
  try {
    const n = samples(5, 2);
    const address = await make(await chromium.page(), server.url, 'panjin-duties-2019', byItsUnits(everyPoint(62)));
    const found = await together.sharedOut(await measure.opened(chromium, address), n);
    const other = await make(await chromium.page(), server.url, 'beijing-balance-2018', everyPoint(54));
    const preview = await together.previews(await measure.opened(chromium, other), n);
    const longest = Math.max(found.longest, preview.longest);
    return [
      times(`62 tasks written for ${found.units} units, read back`, found.splits, 4000, 'median'),
      times(`${found.units} returns read, to the preview`, found.collections, 3000, 'median'),
      times('preview of an edited submission, 54 points', preview.found, 300, 'median', 'to its differences and on to 合并'),
      {
        what: 'longest task of the page during these',
        median: longest === 0 ? 'none of 50 ms' : `${longest.toFixed(0)} ms`,
        p95: '',
        n: 3 * n,
        budget: '≤ 50 ms',
        verdict: longest <= 50 ? 'ok' : '**over**',
        note: '',
      },
    ];
  } finally {
    await chromium.close();
    await server.close();
  }
}

async function schoolRows(chromium, address) {
  const page = await measure.opened(chromium, address);
  return [
    times('paste of 2,000 schools to painted', await schools.pastes(page, samples(7, 2)), 300, 'p95'),
    times('typing in a cell to painted, 2,000 schools', await schools.cellKeys(page, samples(200, 20)), 16),
    times('Shift+Enter to the next cell painted, 2,000 schools', await schools.cellMoves(page, samples(100, 10))),
  ];
}

async function exportRows(chromium, address, named, limits) {
  const firsts = [];
  const warm = [];
  let longest = 0;
  const turns = samples(6, 2);
  for (let turn = 0; turn < turns; turn++) {
    const page = await measure.opened(chromium, address);
    const found = await measure.exports(page, samples(5, 2));
    firsts.push(found.first);
    warm.push(...found.warm);
    longest = Math.max(longest, found.longest);
  }
  const block = limits.block === undefined ? '' : `≤ ${limits.block} ms`;
  return [
    times(named('export, written and read back'), warm, limits.export, 'median', 'the file worker running'),
    times(named('first export'), firsts, limits.first, 'median', 'the file worker started for it'),
    {
      what: named('longest task of the page during exports'),
      median: longest === 0 ? 'none of 50 ms' : `${longest.toFixed(0)} ms`,
      p95: '',
      n: firsts.length + warm.length,
      budget: block,
      verdict: block && (longest <= limits.block ? 'ok' : '**over**'),
      note: '',
    },
  ];
}

function print() {
  const [cpu] = cpus();
  const machine = `${cpus().length} cores (${cpu?.model.trim() || 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB`;
  const date = new Date().toISOString().slice(0, 10);
  console.log(
    [
      `Measured on ${date} in headless Chromium ${chromiumVersion}, ${platform()}, ${machine}${quick ? ', few samples' : ''}.`,
      'Every point is answered: 300 characters, a score, one material. Served from localhost, gzipped.',
      '',
      table(rows),
    ].join('\n'),
  );
}
