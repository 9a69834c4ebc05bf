import { join } from 'node:path';
import { countRequests } from '../../../pipelines/report/count-requests';
import { createSink } from '../../../pipelines/sinks/create-sink';
import { exportOnce } from '../../support/export-once';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';
import { describePostgres } from '../sinks/postgres-scene';
import { findAll, readTable } from './read-page';
import { HOUR, reportOn } from './scene';

describePostgres('A report on PostgreSQL', (scene) => {
	it('counts the same requests as one on SQLite, and shows no password', async () => {
		const fake = await startFake({ requests: 80 });
		fake.clock.advance(HOUR);
		const { url } = scene().newTarget();
		const targets = [url, `sqlite:${join(makeWorkspace('report'), 'target.db')}`];
		for (const to of targets) await exportOnce(fake, createSink(to));
		const [inPostgres = [], inSqlite] = await Promise.all(targets.map(countRequests));
		const sorted = (counts: typeof inSqlite) => counts?.map((each) => JSON.stringify(each)).sort();
		expect(sorted(inPostgres)).toEqual(sorted(inSqlite));
		expect(inPostgres.length).toBeGreaterThan(5);
		const withPassword = new URL(url);
		withPassword.password = 'not-for-the-page';
		const { page, text } = await reportOn(withPassword.href);
		expect(text).not.toContain('not-for-the-page');
		expect(findAll(page, 'svg').length).toBeGreaterThanOrEqual(4);
		expect(readTable(page, 'The runs')).toHaveLength(1);
	});
});
