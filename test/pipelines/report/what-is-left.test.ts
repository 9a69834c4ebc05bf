import { join } from 'node:path';
import { createSink } from '../../../pipelines/sinks/create-sink';
import { exportOnce } from '../../support/export-once';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';
import { readTable } from './read-page';
import { HOUR, reportOn, reportOnData, runRecord } from './scene';

describe('A report tells what is left to do:', () => {
	it('warnings of runs that went well', () => {
		const warning = { code: 'CONCUR_QUEUE_LEASES', message: 'It hides.', advice: 'Stop.' };
		const run = runRecord({ warnings: [warning] }, '20260101T000000000Z-0001');
		const { page } = reportOnData({
			inspection: { partitions: [], runs: [run], facts: {}, rows: {} },
		});
		expect(readTable(page, 'Warnings')).toMatchObject([
			{ code: 'CONCUR_QUEUE_LEASES', 'what to look after': 'It hides.' },
		]);
	});

	it('connection requests that wait in the queue', async () => {
		const fake = await startFake({ requests: 3, connectionRequests: 12 });
		const to = `sqlite:${join(makeWorkspace('report'), 'target')}`;
		const streams = ['connection-requests'] as const;
		await exportOnce(fake, createSink(to), { streams });
		for (const request of fake.connections.all.slice(0, 2))
			fake.connections.put(request, 'CRSUC', fake.clock.now().getTime());
		fake.clock.advance(HOUR);
		await exportOnce(fake, createSink(to), { streams });
		const { page } = await reportOn(to);
		expect(page.text.replaceAll(/\s+/g, ' ')).toContain('10 waited in it then, of 12 that');
	});
});
