// SPDX-License-Identifier: GPL-3.0-or-later
// needs: nodejs-polars from npm (bench/peers/package.json)
import { createRequire } from 'node:module';
import pl from 'nodejs-polars';
import { folder, timeWork } from './timing.mjs';

const path = `${folder}/answers.csv`;
const items = Array.from({ length: 22 }, (_, i) => i + 1);
const names = [...items.map((i) => `e${i}`), ...items.map((i) => `p${i}`), 'sat', 'loyal'];
const columns = ['id', 'branch', 'channel', 'age', 'weight', ...names];
const schema = Object.fromEntries([
  ['id', pl.Int32],
  ['ts', pl.Utf8],
  ['branch', pl.Utf8],
  ['channel', pl.Utf8],
  ['age', pl.Utf8],
  ['weight', pl.Float64],
  ...names.map((name) => [name, pl.Int8]),
]);
const gaps = items.flatMap((i) => {
  const gap = pl.col(`p${i}`).sub(pl.col(`e${i}`));
  return [gap.mean().alias(`m${i}`), gap.std().alias(`s${i}`), gap.count().alias(`n${i}`)];
});

console.log(`version\tpolars (nodejs-polars ${createRequire(import.meta.url)('nodejs-polars/package.json').version}), typed columns`);
await timeWork('csv_memory', () => pl.readCSV(path, { columns, schema }));
await timeWork('csv_gaps_branch', () => pl.scanCSV(path, { schema }).groupBy('branch').agg(...gaps).collectSync());
const answers = pl.readCSV(path, { columns, schema });
await timeWork('memory_gaps', () => answers.lazy().select(...gaps).collectSync());
await timeWork('memory_gaps_branch', () => answers.lazy().groupBy('branch').agg(...gaps).collectSync());
