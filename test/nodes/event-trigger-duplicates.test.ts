import type * as TriggerModule from '../../nodes/SapConcurEventTrigger/SapConcurEventTrigger.node';
import { openEventScene, sampleEvent, type EventScene } from '../support/n8n/event-scene';

let scene: EventScene;
beforeEach(async () => {
	scene = await openEventScene();
});

function post(id: string): Promise<{ status: number; body: string }> {
	const body = JSON.stringify(sampleEvent({ id }));
	return scene.bench.post(body, { 'concur-signature': scene.fake.events.sign(body) });
}

/** The trigger as another process of n8n loads it, which remembers nothing. */
function loadAnew(): TriggerModule.SapConcurEventTrigger {
	const loaded: TriggerModule.SapConcurEventTrigger[] = [];
	jest.isolateModules(() => {
		const path = '../../nodes/SapConcurEventTrigger/SapConcurEventTrigger.node';
		const module = jest.requireActual<typeof TriggerModule>(path);
		loaded.push(new module.SapConcurEventTrigger());
	});
	const [trigger] = loaded;
	if (!trigger) throw new Error('The node was not loaded');
	return trigger;
}

const ACCEPTED = { status: 200, body: '' };

describe('an event that is delivered more than once', () => {
	it('starts one execution of a hundred deliveries one after the other', async () => {
		for (let n = 0; n < 100; n++) expect(await post('a')).toEqual(ACCEPTED);
		expect(scene.bench.executions).toHaveLength(1);
	});

	it('starts one execution of a hundred deliveries at once', async () => {
		scene.bench.startMs = 100;
		const answers = await Promise.all(Array.from({ length: 100 }, () => post('a')));
		expect(answers).toEqual(answers.map(() => ACCEPTED));
		expect(scene.bench.executions).toHaveLength(1);
	});

	it.each(['at once', 'one by one'] as const)(
		'starts one execution where Concur itself delivers a hundred times, %s',
		async (how) => {
			const { fake, bench } = scene;
			await bench.activate();
			fake.events.deliver(100, how);
			const id = scene.request();
			fake.world.act(id, 'submit');
			await fake.events.settled();
			expect(fake.events.deliveries.map(({ status }) => status)).toEqual(Array(100).fill(200));
			expect(bench.executions).toMatchObject([[{ requestUuid: id }]]);
			fake.world.act(id, 'approve');
			await fake.events.settled();
			expect(bench.executions).toMatchObject([
				[{ eventType: 'statusChange.PENDING.RequestManager' }],
				[{ eventType: 'statusChange.APPROVED', status: 'APPROVED' }],
			]);
		},
	);

	it('is known after n8n was restarted', async () => {
		await Promise.all([post('a'), post('b'), post('c')]);
		await post('d');
		scene.bench.restart(loadAnew());
		for (const id of ['a', 'b', 'c', 'd', 'a']) expect(await post(id)).toEqual(ACCEPTED);
		expect(scene.bench.executions).toHaveLength(4);
		await post('e');
		expect(scene.bench.executions).toHaveLength(5);
	});

	it('counts as new where n8n could not start the workflow', async () => {
		scene.bench.failingStarts = 2;
		expect((await post('a')).status).toBe(500);
		// What others store meanwhile must not make it known either.
		expect(await post('b')).toMatchObject({ status: 500 });
		expect(await post('c')).toEqual(ACCEPTED);
		expect(await post('a')).toEqual(ACCEPTED);
		expect(await post('b')).toEqual(ACCEPTED);
		expect(scene.bench.executions.flat().map((item) => item['eventId'])).toEqual(['c', 'a', 'b']);
	});

	it('is taken over by a delivery that waited, where starting failed', async () => {
		scene.bench.failingStarts = 3;
		scene.bench.startMs = 20;
		const answers = await Promise.all(Array.from({ length: 20 }, () => post('a')));
		expect(answers.map(({ status }) => status).sort()).toEqual([
			...Array<number>(17).fill(200),
			500,
			500,
			500,
		]);
		expect(scene.bench.executions).toHaveLength(1);
	});

	it('is not stored for an execution that is still being started', async () => {
		scene.bench.startMs = 200;
		scene.bench.failingStarts = 1;
		const slow = post('slow');
		await new Promise((resolve) => setTimeout(resolve, 100));
		const quick = post('quick');
		expect((await slow).status).toBe(500);
		await quick;
		expect(scene.bench.savedStaticData).toContain('"quick"');
		expect(scene.bench.savedStaticData).not.toContain('"slow"');
	});

	it('is another one in another workflow', async () => {
		await post('a');
		const other = await scene.another();
		const body = JSON.stringify(sampleEvent({ id: 'a' }));
		await other.post(body, { 'concur-signature': scene.fake.events.sign(body) });
		expect(other.executions).toHaveLength(1);
	});

	it('starts every test anew', async () => {
		const { bench, fake } = scene;
		const body = JSON.stringify(sampleEvent());
		const headers = { 'concur-signature': fake.events.sign(body) };
		for (let n = 0; n < 3; n++) await bench.post(body, headers, bench.testUrl);
		await bench.post(body, headers);
		expect(bench.executions).toHaveLength(4);
	});
});

describe('the memory', () => {
	it('keeps the last 1,000 events', async () => {
		scene.bench.parameters['verifySignature'] = false;
		const send = (n: number) => scene.bench.post(JSON.stringify(sampleEvent({ id: `event-${n}` })));
		for (let n = 0; n < 1_050; n++) await send(n);
		const stored = JSON.parse(scene.bench.savedStaticData) as Record<string, { events: object }>;
		expect(Object.keys(stored['node:sapConcurEventTrigger']?.events ?? {})).toHaveLength(1_000);
		await send(50);
		expect(scene.bench.executions).toHaveLength(1_050);
		await send(0);
		expect(scene.bench.executions).toHaveLength(1_051);
	});

	it('keeps an event for longer than Concur repeats it, and not for ever', async () => {
		const now = Date.now();
		const clock = jest.spyOn(Date, 'now');
		try {
			clock.mockReturnValue(now);
			await post('a');
			clock.mockReturnValue(now + 73 * 3_600_000);
			await post('a');
			expect(scene.bench.executions).toHaveLength(1);
			clock.mockReturnValue(now + 97 * 3_600_000);
			await post('b');
			expect(scene.bench.savedStaticData).not.toContain('"a"');
		} finally {
			clock.mockRestore();
		}
	});

	it('reads past static data that are damaged', async () => {
		for (const events of [null, 'text', [1], { a: 'yesterday', b: null }]) {
			scene.bench.savedStaticData = JSON.stringify({ 'node:sapConcurEventTrigger': { events } });
			expect(await post(`after-${JSON.stringify(events)}`)).toEqual(ACCEPTED);
		}
		expect(scene.bench.executions).toHaveLength(4);
	});
});
