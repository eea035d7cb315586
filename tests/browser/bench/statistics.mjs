// Medians, p95 and the table that is printed.

// The value below which `part` of the samples lie (nearest rank).
export function percentile(samples, part) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
}

export const median = (samples) => percentile(samples, 0.5);

// A row of times in milliseconds. `limit` is judged on `by`: "median", "p95"
// or "max"; a row without a limit is for comparison.
export function times(what, samples, limit, by = 'p95', note = '') {
  if (samples.length === 0) throw new Error('no sample');
  const values = { median: median(samples), p95: percentile(samples, 0.95), max: Math.max(...samples) };
  return {
    what,
    median: milliseconds(values.median),
    p95: milliseconds(values.p95),
    n: samples.length,
    budget: limit === undefined ? '' : `${by} ≤ ${limit} ms`,
    verdict: limit === undefined ? '' : verdict(values[by] <= limit),
    note,
  };
}

// Ours beside something else, judged by the ratio: its upper end in 95 of 100 drawings of
// the same samples anew (the same ones each time) has to be within `limit`.
export function beside(what, ours, [than, others], limit, by = 'median', note = '') {
  const of = (samples) => (by === 'median' ? median(samples) : percentile(samples, 0.95));
  let state = 7;
  const draw = (samples) => samples.map(() => {
    state = (state * 48_271) % 2_147_483_647;
    return samples[state % samples.length];
  });
  const drawn = Array.from({ length: 1000 }, () => of(draw(ours)) / of(draw(others)));
  const [ratio, upper] = [of(ours) / of(others), percentile(drawn, 0.975)];
  const row = times(what, ours, undefined, by, `${ratio.toFixed(2)} × ${than} (${milliseconds(of(others))}), at most ${upper.toFixed(2)}${note && `; ${note}`}`);
  return { ...row, budget: `${by} ≤ ${limit} × ${than}`, verdict: verdict(upper <= limit) };
}

// A row of one value in a unit.
export function single(what, value, unit, limit, note = '') {
  return {
    what,
    median: value === null ? 'not available' : `${value.toFixed(1)} ${unit}`,
    p95: '',
    n: value === null ? '' : 1,
    budget: limit === undefined ? '' : `≤ ${limit} ${unit}`,
    verdict: limit === undefined || value === null ? '' : verdict(value <= limit),
    note,
  };
}

// A row for what could not be measured.
export function failed(what, error) {
  const reason = String(error?.message ?? error).split('\n')[0].slice(0, 200);
  return { what, median: '–', p95: '', n: '', budget: '', verdict: 'not measured', note: reason };
}

export function table(rows) {
  const heads = ['what', 'median', 'p95', 'n', 'budget', '', 'note'];
  const lines = rows.map((row) => [row.what, row.median, row.p95, row.n, row.budget, row.verdict, row.note]);
  const right = new Set([1, 2, 3]);
  return [heads, heads.map((_, column) => (right.has(column) ? '---:' : '---')), ...lines]
    .map((cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

const milliseconds = (value) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
const verdict = (within) => (within ? 'ok' : '**over**');
