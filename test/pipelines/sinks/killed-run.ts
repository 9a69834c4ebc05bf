import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { transformFileSync } from '@swc/core';
import type { Sink } from '../../../pipelines/sinks/sink';
import { overlap } from './batches';

/** A target that writers are killed at. */
export interface KilledTarget {
	readonly kind: string;
	readonly place: string;
	readonly sink: Sink;
	/** What stands in a column. */
	read(table: string, column: string): Promise<readonly unknown[]> | readonly unknown[];
}

const repository = resolve(__dirname, '../../..');
const sources = ['concur', 'pipelines/tables', 'pipelines/windows', 'pipelines/sinks'];

/** Compiles the sinks into a directory, so that a process of its own can run them. */
export function compileSinks(into: string): string {
	for (const source of sources) {
		const files = readdirSync(join(repository, source), { recursive: true, encoding: 'utf8' });
		for (const file of files.filter((name) => name.endsWith('.ts'))) {
			const from = join(repository, source, file);
			const { code } = transformFileSync(from, {
				jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
				module: { type: 'commonjs' },
			});
			const to = join(into, source, file.replace(/\.ts$/, '.js'));
			mkdirSync(join(to, '..'), { recursive: true });
			writeFileSync(to, code);
		}
	}
	symlinkSync(join(repository, 'node_modules'), join(into, 'node_modules'));
	const script = join(into, 'writer.js');
	writeFileSync(script, writerScript);
	return script;
}

/** Writes batch after batch, each one window of five requests with two comments each. */
const writerScript = `
const { createCsvSink } = require('./pipelines/sinks/csv/csv-sink.js');
const { createParquetSink } = require('./pipelines/sinks/parquet/parquet-sink.js');
const { createSqliteSink } = require('./pipelines/sinks/sqlite/sqlite-sink.js');
const { buildRecord } = require('./pipelines/tables/flatten.js');
const [, , kind, place] = process.argv;
const roll = { rollRows: 60 };
const sink = kind === 'csv' ? createCsvSink(place, roll)
	: kind === 'parquet' ? createParquetSink(place, roll) : createSqliteSink(place);
(async () => {
	const session = await sink.open({ overlap: 10 });
	const covered = session.partitions[0]?.coverage[0]?.to ?? -1;
	console.log('open');
	for (let from = covered + 1; ; from += 10) {
		const window = { from, to: from + 9 };
		const records = [0, 1, 2, 3, 4].map((index) => {
			const id = String(from + index);
			return buildRecord({ request: { id }, comments: [{ value: 'a' + id }, { value: 'b' + id }] }, window);
		});
		await session.write({
			partition: { stream: 'travel-requests', user: '', view: 'ALL' }, detail: 'full',
			extractedAt: '2026-01-01T00:00:00.000Z', records, deadLetters: [], resolved: [],
			coverage: [{ from: 0, to: window.to, listedAt: 1e9 }],
		});
	}
})();
`;

/** Starts a writer and kills it, the given time after it has opened the target. */
export async function killWriter(
	script: string,
	kind: string,
	place: string,
	afterMs: number,
): Promise<void> {
	const child = spawn(process.execPath, [script, kind, place], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const ended = once(child, 'exit');
	const opened = once(child.stdout, 'data');
	await Promise.race([opened, ended]);
	await new Promise((resolveTimer) => setTimeout(resolveTimer, afterMs));
	child.kill('SIGKILL');
	await ended;
}

/**
 * Kills a writer at each moment, and expects the target to hold the records of exactly the coverage
 * that the next run finds, each with its comments.
 */
export async function expectWholeBatches(
	script: string,
	{ kind, place, sink, read }: KilledTarget,
	moments: readonly number[],
): Promise<void> {
	for (const afterMs of moments) {
		await killWriter(script, kind, place, afterMs);
		const session = await sink.open({ overlap });
		const covered = session.partitions[0]?.coverage[0]?.to ?? -1;
		await session.abandon();
		const ids: string[] = [];
		for (let from = 0; from < covered; from += 10)
			for (let index = 0; index < 5; index++) ids.push(String(from + index));
		const comments = ids.flatMap((id) => [`a${id}`, `b${id}`]);
		expect([...(await read('travel_requests', 'id'))].sort()).toEqual(ids.sort());
		expect([...(await read('travel_request_comments', 'value'))].sort()).toEqual(comments.sort());
	}
}
