import { join } from 'node:path';
import { streamNames } from '../../../pipelines/sinks/sink';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { readPostgresContent, readSqliteContent } from '../../support/compare-sql-targets';
import { exportOnce } from '../../support/export-once';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';
import { describePostgres } from './postgres-scene';

const bothInFull = { detail: 'full', streams: streamNames } as const;

describePostgres('the same world in SQLite and PostgreSQL', (scene) => {
	test('is the same cell by cell, when it is new and when it has changed', async () => {
		// The fake's texts are chosen to hurt: quotes, newlines, emoji, leading =, null and "".
		const fake = await startFake({ requests: 80 });
		fake.clock.freeze();
		const file = join(makeWorkspace('postgres-same'), 'target.db');
		const place = scene().newTarget();
		for (let round = 0; round < 2; round++) {
			fake.clock.advance(3_600_000);
			const [inSqlite, inPostgres] = [
				await exportOnce(fake, createSqliteSink(file), bothInFull),
				await exportOnce(fake, place.sink, bothInFull),
			];
			expect(inPostgres.tables).toEqual(inSqlite.tables);
			const content = await readPostgresContent(place.url);
			expect(content).toEqual(readSqliteContent(file));
			for (const rows of Object.values(content)) expect(rows.length).toBeGreaterThan(0);
			fake.world.schedule({ edits: 40, creates: 10, deletes: 5 });
		}
	});
});
