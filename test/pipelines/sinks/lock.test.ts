import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCsvSink } from '../../../pipelines/sinks/csv/csv-sink';
import { lockTarget } from '../../../pipelines/sinks/lock';
import { createParquetSink } from '../../../pipelines/sinks/parquet/parquet-sink';
import { makeRunId } from '../../../pipelines/sinks/run-id';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { TargetLockedError } from '../../../pipelines/sinks/target-errors';
import { makeDirectory, overlap, runRecord } from './batches';

const directory = makeDirectory();

describe.each([
	['csv', createCsvSink(join(directory, 'out'))],
	['parquet', createParquetSink(join(directory, 'parquet'))],
	['sqlite', createSqliteSink(join(directory, 'out.db'))],
])('the lock of a %s target', (_kind, sink) => {
	test('a second session is refused at once, until the first has ended', async () => {
		const first = await sink.open({ overlap });
		await expect(sink.open({ overlap })).rejects.toMatchObject({ code: 'TARGET_LOCKED' });
		await expect(sink.open({ overlap })).rejects.toBeInstanceOf(TargetLockedError);
		await first.finish(runRecord(first.runId));
		const second = await sink.open({ overlap });
		await second.abandon();
		await (await sink.open({ overlap })).abandon();
	});

	test('each run id is greater than all before', async () => {
		const ids: string[] = [];
		for (let turn = 0; turn < 5; turn++) {
			const session = await sink.open({ overlap });
			ids.push(session.runId);
			await session.finish(runRecord(session.runId));
		}
		expect(ids).toEqual([...ids].sort());
		expect(new Set(ids).size).toBe(5);
	});
});

test('a lock held by another process ends when that process is killed', async () => {
	const file = join(directory, 'other.lock');
	const code = `const { DatabaseSync } = require('node:sqlite');
		const held = new DatabaseSync(${JSON.stringify(file)});
		held.exec('BEGIN EXCLUSIVE');
		console.log('held');
		setInterval(() => held, 1000);`;
	const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
	const ended = once(child, 'exit');
	try {
		await once(child.stdout, 'data');
		expect(() => lockTarget(file, 'x:y')).toThrow(TargetLockedError);
	} finally {
		child.kill('SIGKILL');
	}
	await ended;
	lockTarget(file, 'x:y').release();
});

test('a file that is no lock is not taken for one', () => {
	const file = join(directory, 'notes.lock');
	writeFileSync(file, 'my notes\n'.repeat(100));
	expect(() => lockTarget(file, 'x:y')).toThrow(
		expect.objectContaining({ code: 'TARGET_UNUSABLE' }),
	);
});

test('a run id is greater than the last one also when the clock was set back', () => {
	const last = '20301121T164142123Z-ffff';
	const id = makeRunId(last, new Date('2026-11-21T00:00:00Z'));
	expect(id).toMatch(/^20301121T164142124Z-[0-9a-f]{4}$/);
	expect(makeRunId(undefined, new Date('2026-11-21T16:41:42.123Z'))).toMatch(
		/^20261121T164142123Z-[0-9a-f]{4}$/,
	);
});
