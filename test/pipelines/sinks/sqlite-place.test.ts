import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { batch, makeDirectory, overlap, record, run, thin } from './batches';
import { execute, query } from './read-sqlite';

const directory = makeDirectory();
let made = 0;
const newFile = () => join(directory, `target-${++made}.db`);

describe('what a SQLite target may be', () => {
	const refuse = async (file: string, code: string) => {
		const error: unknown = await createSqliteSink(file)
			.open({ overlap })
			.catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({ code, advice: expect.stringContaining('.') });
		return error;
	};

	test("another program's database is refused and untouched", async () => {
		const file = newFile();
		execute(file, 'CREATE TABLE theirs (a)');
		const before = readFileSync(file);
		await refuse(file, 'TARGET_FOREIGN');
		expect(readFileSync(file).equals(before)).toBe(true);
		expect(existsSync(`${file}.lock`)).toBe(false);
	});

	test('a file that is no database is refused and untouched', async () => {
		const file = newFile();
		writeFileSync(file, 'id,name\n'.repeat(200));
		await refuse(file, 'TARGET_FOREIGN');
		expect(readFileSync(file, 'utf8')).toBe('id,name\n'.repeat(200));
		await expect(createSqliteSink(file).inspect()).rejects.toMatchObject({
			code: 'TARGET_FOREIGN',
		});
	});

	test('an empty file is taken', async () => {
		const file = newFile();
		writeFileSync(file, '');
		expect(await createSqliteSink(file).inspect()).toBeUndefined();
		await run(createSqliteSink(file), batch([thin('1')]));
	});

	test('a newer format is refused', async () => {
		const file = newFile();
		await run(createSqliteSink(file), batch([thin('1')]));
		execute(file, 'PRAGMA user_version = 99');
		await refuse(file, 'TARGET_NEWER');
	});

	test('an older format gets the columns it lacks, and its records are written again', async () => {
		const file = newFile();
		const sink = createSqliteSink(file);
		const full = record({
			request: { id: '1', pnr: 'P' },
			comments: [{ value: 'a', isLatest: true }],
		});
		await run(sink, batch([full]));
		execute(
			file,
			`ALTER TABLE travel_requests DROP COLUMN pnr;
			ALTER TABLE travel_request_comments DROP COLUMN is_latest;
			DROP TABLE travel_request_exceptions; PRAGMA user_version = 0`,
		);
		expect(await run(sink, batch([full]))).toMatchObject([{ travel_requests: { updated: 1 } }]);
		expect(
			query(file, 'SELECT pnr, is_latest FROM travel_requests, travel_request_comments'),
		).toEqual([{ pnr: 'P', is_latest: 1 }]);
		expect(query(file, 'SELECT user_version AS v FROM pragma_user_version')).toEqual([{ v: 2 }]);
	});

	test.each([
		['in a directory that does not exist', 'missing/x.db', 'TARGET_UNUSABLE'],
		['in a directory that is a file', 'plain/x.db', 'TARGET_UNUSABLE'],
		['that is a directory', 'folder', 'TARGET_FOREIGN'],
	])('a target %s is refused', async (_what, name, code) => {
		writeFileSync(join(directory, 'plain'), '');
		mkdirSync(join(directory, 'folder'), { recursive: true });
		await refuse(join(directory, name), code);
	});

	test('a place where no file can be made is refused', async () => {
		await refuse('/proc/target.db', 'TARGET_UNUSABLE');
	});
});
