import {
	chmodSync,
	copyFileSync,
	mkdtempSync,
	readdirSync,
	renameSync,
	readFileSync,
	rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { countRequests } from '../../../pipelines/report/count-requests';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { withoutWriting } from '../../support/without-writing';
import { makeWorkspace } from '../../support/workspace';
import { batch, makeDirectory, overlap, run, runRecord, thin } from './batches';

const root = makeDirectory();
// Whoever only reads must come this far.
chmodSync(root, 0o755);

/** A target with two requests, the second of them as a killed run leaves it. */
async function makeTarget(endings: readonly string[]): Promise<string> {
	const directory = makeWorkspace('read-only');
	const file = join(directory, 'target.db');
	await run(createSqliteSink(file), batch([thin('1')]));
	const session = await createSqliteSink(file).open({ overlap });
	await session.write(batch([thin('2')]));
	const copy = join(mkdtempSync(join(root, 'read-only-')), 'target.db');
	for (const ending of ['', ...endings]) copyFileSync(file + ending, copy + ending);
	await session.abandon();
	return copy;
}

describe('a SQLite target that may only be read', () => {
	test.each([
		['complete', [], 1],
		['with the log of a killed run', ['-wal'], 2],
		['with the log of a killed run and its index', ['-wal', '-shm'], 2],
	])('%s, is read whole and left as it is', async (_what, endings, requests) => {
		const file = await makeTarget(endings);
		const directory = join(file, '..');
		const before = readdirSync(directory);
		const found = await withoutWriting(directory, async () => ({
			state: await createSqliteSink(file).inspect(),
			counted: await countRequests(`sqlite:${file}`),
		}));
		expect(found.state?.rows).toMatchObject({ travel_requests: requests });
		expect(found.state?.partitions).toHaveLength(1);
		expect(found.counted).toEqual([{ month: null, status: null, requests }]);
		expect(readdirSync(directory)).toEqual(before);
	});

	test('with a transaction that a killed writer left half-done, is read as it was before', async () => {
		const file = await makeTarget([]);
		const killed = join(mkdtempSync(join(root, 'read-only-')), 'target.db');
		const writer = new DatabaseSync(file);
		// So little memory that the changes are in the file before they are committed.
		writer.exec('PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN');
		writer.exec('DELETE FROM travel_requests; CREATE TABLE filler (bytes)');
		for (let row = 0; row < 50; row++) writer.exec('INSERT INTO filler VALUES (zeroblob(9000))');
		for (const ending of ['', '-journal']) copyFileSync(file + ending, killed + ending);
		writer.close();
		expect(readFileSync(killed).length).toBeGreaterThan(100_000);
		const state = await withoutWriting(join(killed, '..'), () =>
			createSqliteSink(killed).inspect(),
		);
		expect(state?.rows).toMatchObject({ travel_requests: 1 });
	});

	test('cannot be written to, which is said before anything is', async () => {
		const file = await makeTarget([]);
		const refused = withoutWriting(join(file, '..'), () =>
			createSqliteSink(file).open({ overlap }),
		);
		await expect(refused).rejects.toMatchObject({
			code: 'TARGET_UNUSABLE',
			message: expect.stringContaining(`${file}.lock cannot be written`),
		});
	});
});

describe('a SQLite file under a run', () => {
	const open = async () => {
		const file = join(makeWorkspace('lost'), 'target.db');
		await run(createSqliteSink(file), batch([thin('1')]));
		const session = await createSqliteSink(file).open({ overlap });
		await session.write(batch([thin('2')]));
		return { file, session };
	};

	test('that is deleted fails the next write, and the end', async () => {
		const { file, session } = await open();
		rmSync(file);
		const lost = {
			code: 'TARGET_LOST',
			message: expect.stringContaining('was deleted while'),
			advice: expect.stringContaining('run again'),
		};
		await expect(session.write(batch([thin('3')]))).rejects.toMatchObject(lost);
		await expect(session.finish(runRecord(session.runId))).rejects.toMatchObject(lost);
		await session.abandon();
	});

	test('that is replaced fails the next write, and what replaces it stays', async () => {
		const { file, session } = await open();
		const other = join(makeWorkspace('lost'), 'other.db');
		await run(createSqliteSink(other), batch([thin('9')]));
		renameSync(other, file);
		await expect(session.reset(['travel-requests'])).rejects.toMatchObject({
			code: 'TARGET_LOST',
			message: expect.stringContaining('was replaced while'),
		});
		await session.abandon();
		for (const ending of ['-wal', '-shm']) rmSync(file + ending, { force: true });
		expect((await createSqliteSink(file).inspect())?.rows).toMatchObject({ travel_requests: 1 });
	});
});
