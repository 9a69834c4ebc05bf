import type { JsonObject } from '../../../concur/json';
import type { Sink } from '../../../pipelines/sinks/sink';
import { createSingerSink } from '../../../pipelines/sinks/singer/singer-sink';
import { buildRecord } from '../../../pipelines/tables/flatten';
import { Drift } from '../../../pipelines/tables/drift';
import { batch, none, run, window } from './batches';
import { TapOutput } from './singer-output';
import { describeTargets } from './target-kinds';

/** Fields nobody has heard of, at the top and below, and values of types they never had. */
const surprise: JsonObject = {
	id: 'R1',
	name: 'kept',
	carbonFootprint: { kilograms: 12.5 },
	approvalStatus: { code: 'A', mood: 'good' },
	closed: 'perhaps',
	startDate: 20260101,
	creationDate: { at: 'noon' },
	totalApprovedAmount: [1, 2],
	owner: 'just a name',
	custom1: false,
};
const expense: JsonObject = {
	id: 'E1',
	hologram: [{ depth: 3 }],
	transactionAmount: 'lots',
	allocations: 'none',
};

const counted = {
	'travel_requests.carbonFootprint': 1,
	'travel_requests.approvalStatus.mood': 1,
	'travel_requests.closed': 1,
	'travel_requests.startDate': 1,
	'travel_requests.creationDate': 1,
	'travel_requests.totalApprovedAmount': 1,
	'travel_requests.owner': 1,
	'travel_request_expenses.hologram': 1,
	'travel_request_expenses.transactionAmount': 1,
};

async function store(sink: Sink): Promise<void> {
	const drift = new Drift();
	const full = buildRecord({ request: surprise, expenses: [expense] }, window, drift);
	expect(await run(sink, batch([full]))).toMatchObject([
		{
			travel_requests: { ...none, inserted: 1 },
			travel_request_expenses: { ...none, inserted: 1 },
		},
	]);
	expect(drift.toJSON()).toMatchObject(counted);
}

describeTargets('what Concur never sent before', (newTarget) => {
	test('is counted and stops nothing', async () => {
		const { sink, names } = newTarget();
		await store(sink);
		expect(await names()).toEqual(['kept']);
	});
});

test('what Concur never sent before is counted and stops no Singer messages', async () => {
	const output = new TapOutput();
	await store(createSingerSink({ output }));
	const records = output.text.split('\n').filter((line) => line.includes('"RECORD"'));
	expect(records).toHaveLength(2);
	expect(records[0]).toContain('"name":"kept"');
});
