import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Sink, StoredRecord } from '../../../pipelines/sinks/sink';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { makeWorkspace } from '../../support/workspace';
import { describePostgres } from '../sinks/postgres-scene';

/** More than two pages of either sink. */
const ROWS = 40_003;

async function create(sink: Sink): Promise<void> {
	const session = await sink.open({ overlap: 0 });
	await session.abandon();
}

async function readAll(sink: Sink): Promise<StoredRecord[]> {
	const session = await sink.open({ overlap: 0 });
	const records: StoredRecord[] = [];
	try {
		for await (const page of session.listRecords?.('travel-requests') ?? []) records.push(...page);
	} finally {
		await session.abandon();
	}
	return records;
}

/** Every seventh is deleted, every fifth says nothing of its owner. */
function expectAll(records: readonly StoredRecord[]): void {
	expect(new Set(records.map(({ id }) => id)).size).toBe(ROWS);
	expect(records).toHaveLength(ROWS);
	const wrong = records.filter(({ id, owner, isDeleted }) => {
		const number = Number(id.slice(1));
		const expected = number % 5 === 0 ? undefined : `owner ${number % 3}`;
		return owner !== expected || isDeleted !== (number % 7 === 0);
	});
	expect(wrong).toEqual([]);
}

describe('The records of a target', () => {
	it('come all and once from SQLite', async () => {
		const file = join(makeWorkspace('list-records'), 'target.db');
		const sink = createSqliteSink(file);
		await create(sink);
		expect(await readAll(sink)).toEqual([]);
		const database = new DatabaseSync(file);
		database.exec(`WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers
			WHERE n < ${ROWS})
			INSERT INTO travel_requests (id, owner_id, _deleted_at)
			SELECT 'R' || n, iif(n % 5 = 0, NULL, 'owner ' || (n % 3)), iif(n % 7 = 0, 'then', NULL)
			FROM numbers`);
		database.close();
		expectAll(await readAll(sink));
	});
});

describePostgres('The records of a target in PostgreSQL', (scene) => {
	it('come all and once', async () => {
		const { sink, execute } = scene().newTarget();
		await create(sink);
		expect(await readAll(sink)).toEqual([]);
		await execute(`INSERT INTO {}.travel_requests (id, owner_id, _extracted_at, _run_id, _deleted_at)
			SELECT 'R' || n, CASE WHEN n % 5 <> 0 THEN 'owner ' || (n % 3) END, now(), 'run',
				CASE WHEN n % 7 = 0 THEN now() END
			FROM generate_series(1, ${ROWS}) AS n`);
		expectAll(await readAll(sink));
	});
});
