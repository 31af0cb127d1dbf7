// The queries of part_evaluation.sh in DuckDB, over the same CSV files loaded into tables, one thread and all threads. Prints rows of a Markdown table; status 1 when its counts
// differ from ours.
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [dir, tally] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const integers = (names) => names.map((n) => `'${n}': 'BIGINT'`).join(', ');
await connection.run(`CREATE TABLE activities AS SELECT * FROM read_csv('${dir}/activities.csv', header = true, types = {${integers(['priority', 'status', 'contribution', 'total'])}, 'id': 'VARCHAR', 'intervention': 'VARCHAR'})`);
await connection.run(`CREATE TABLE results AS SELECT * FROM read_csv('${dir}/results.csv', header = true, types = {${integers(['indicator', 'target', 'actual'])}, 'activity': 'VARCHAR', 'part': 'VARCHAR'})`);
const queries = readFileSync(`${dir}/queries.sql`, 'utf8').split('\n').filter(Boolean);
for (const threads of [1, 2]) {
	await connection.run(`SET threads = ${threads}`);
	const begin = performance.now();
	for (const [i, query] of queries.entries()) {
		const rows = (await connection.runAndReadAll(query)).getRows();
		if (i === 0 && rows[0].map(String).join(' ') !== tally) {
			console.error(`DuckDB counts otherwise: ${rows[0].map(String).join(' ')} beside ${tally}`);
			process.exit(1);
		}
	}
	console.log(`| DuckDB, ${threads} thread${threads > 1 ? 's' : ''}: the same ${queries.length} queries | ${((performance.now() - begin) / 1000).toFixed(2)} s |`);
}
