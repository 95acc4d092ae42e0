// SPDX-License-Identifier: GPL-3.0-or-later
// needs: @duckdb/node-api from npm (bench/peers/package.json)
import { DuckDBInstance, version } from '@duckdb/node-api';
import { folder, timeWork } from './timing.mjs';

const database = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await database.connect();
const items = Array.from({ length: 22 }, (_, i) => i + 1);
const answers = [...items.map((i) => `e${i}`), ...items.map((i) => `p${i}`), 'sat', 'loyal'];
const types = `{'id': 'INTEGER', 'ts': 'VARCHAR', 'branch': 'VARCHAR', 'channel': 'VARCHAR', 'age': 'VARCHAR', 'weight': 'DOUBLE', ${answers
  .map((name) => `'${name}': 'TINYINT'`)
  .join(', ')}}`;
const file = `read_csv('${folder}/answers.csv', header = true, delim = ',', columns = ${types})`;
const gaps = items.map((i) => `count(p${i} - e${i}), avg(p${i} - e${i}), stddev_samp(p${i} - e${i})`).join(', ');

console.log(`version\tDuckDB ${version()}, typed columns`);
await timeWork('csv_memory', async () => {
  await connection.run('DROP TABLE IF EXISTS answers');
  await connection.run(`CREATE TABLE answers AS SELECT * EXCLUDE ts FROM ${file}`);
});
await timeWork('memory_gaps', () => connection.runAndReadAll(`SELECT ${gaps} FROM answers`));
await timeWork('memory_gaps_branch', () => connection.runAndReadAll(`SELECT branch, ${gaps} FROM answers GROUP BY branch`));
await connection.run('DROP TABLE answers');
await timeWork('csv_gaps_branch', () => connection.runAndReadAll(`SELECT branch, ${gaps} FROM ${file} GROUP BY branch`));
