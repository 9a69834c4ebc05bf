import type { FakeConcur } from '../../../fake-concur';
import type { RunSummary } from '../../../pipelines/run/summary';
import type { SummaryWarning } from '../../../pipelines/run/summary';
import { afterEachPage, DAY, drain, fileTarget, HOUR, queueCalls, startQueue } from './scene';

const codes = ({ warnings }: RunSummary): string[] => warnings.map(({ code }) => code);

/** Calls that ask for a single request; emptied afterwards. */
function countAsked(fake: FakeConcur): number {
	const asked = queueCalls(fake).filter((call) => call !== 'GET connectionrequests');
	fake.calls.length = 0;
	return asked.length;
}

describe('A queue that hides for 24 hours what it has shown', () => {
	test.each([10, 23])('is told from the first run on where %i wait', async (waiting) => {
		const fake = await startQueue(waiting, { connectionQueue: 'lease' });
		const target = fileTarget('sqlite');
		const warned: SummaryWarning[] = [];
		const summary = await drain(fake, target.open(), { onWarning: (each) => warned.push(each) });
		expect(summary.status).toBe('complete');
		expect(codes(summary)).toEqual(['CONCUR_QUEUE_LEASES']);
		expect(warned).toEqual(summary.warnings);
		expect(countAsked(fake)).toBe(1);
		expect(await target.rows()).toHaveLength(waiting);
	});

	test('is told by the second run where few wait, and then each time it has shown some', async () => {
		const fake = await startQueue(3, { connectionQueue: 'lease' });
		const target = fileTarget('sqlite');
		const run = async () => {
			const summary = await drain(fake, target.open());
			return { warned: codes(summary).length, asked: countAsked(fake) };
		};
		expect(await run()).toEqual({ warned: 0, asked: 0 });
		fake.clock.advance(HOUR);
		expect(await run()).toEqual({ warned: 1, asked: 1 });
		fake.clock.advance(HOUR);
		expect(await run()).toEqual({ warned: 0, asked: 0 });
		fake.clock.advance(DAY);
		expect(await run()).toEqual({ warned: 0, asked: 0 });
		fake.clock.advance(HOUR);
		expect(await run()).toEqual({ warned: 1, asked: 1 });
		expect(await target.rows()).toHaveLength(3);
	});
});

describe('A queue that hides nothing brings no warning', () => {
	test('where all of a full page is answered before it is asked for again', async () => {
		const fake = await startQueue(10);
		const transport = afterEachPage((page) => {
			if (page > 1) return;
			fake.clock.advance(2000);
			for (const request of fake.connections.all)
				fake.connections.put(request, 'CRSUC', fake.clock.now().getTime());
		});
		const summary = await drain(fake, fileTarget('csv').open(), { client: { transport } });
		expect(codes(summary)).toEqual([]);
		expect(countAsked(fake)).toBe(1);
	});

	test.each([
		['CRSUC', 1],
		['CRRET', 1],
		['CREU2', 1],
	] as const)('where all has been answered with %s since the last run', async (status, asked) => {
		const fake = await startQueue(4);
		const target = fileTarget('sqlite');
		await drain(fake, target.open());
		fake.clock.advance(60_000);
		for (const request of fake.connections.all)
			fake.connections.put(request, status, fake.clock.now().getTime());
		for (const hours of [0.5, 1, 24]) {
			expect(codes(await drain(fake, target.open()))).toEqual([]);
			fake.clock.advance(hours * HOUR);
		}
		expect(countAsked(fake)).toBe(asked);
	});

	test('where all has been deleted since', async () => {
		const fake = await startQueue(2);
		const target = fileTarget('csv');
		await drain(fake, target.open());
		for (const { id } of [...fake.connections.all]) fake.connections.remove(id);
		fake.clock.advance(HOUR);
		const summary = await drain(fake, target.open());
		expect(summary).toMatchObject({ status: 'complete', warnings: [], errors: [] });
	});

	test.each(['queue', 'status'] as const)(
		'and no extra call where some of it still waits (%s)',
		async (connectionQueue) => {
			const fake = await startQueue(10, { connectionQueue });
			const target = fileTarget('sqlite');
			for (let run = 0; run < 3; run++) {
				expect(codes(await drain(fake, target.open()))).toEqual([]);
				const [answered] = fake.connections.all.filter(({ puts }) => puts.length === 0);
				fake.clock.advance(HOUR);
				if (answered) fake.connections.put(answered, 'CREU1', fake.clock.now().getTime());
			}
			expect(countAsked(fake)).toBe(0);
		},
	);
});
