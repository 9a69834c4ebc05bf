import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { FakeConcur, FakeConcurOptions } from '../../fake-concur';
import { Random } from '../../fake-concur/random';
import { engines, type PollEngine } from '../support/n8n/poll-node';
import { textOf } from '../support/n8n/run-concur';
import { emitted, openTriggerScene } from '../support/n8n/trigger-scene';
import { TEST_SEED } from '../support/seed';

const HOUR = 3600;
const queues = ['queue', 'lease', 'status'] as const;
const cases = engines.flatMap((engine) => queues.map((queue) => ({ engine, queue })));

function openQueue(
	engine: PollEngine,
	options: FakeConcurOptions = {},
	parameters: INodeParameters = {},
) {
	return openTriggerScene(
		engine,
		{ event: 'newConnectionRequest', version: '3.2', ...parameters },
		{ requests: 0, ...options },
	);
}

function idsOf(records: readonly IDataObject[]): unknown[] {
	return records.map(({ id }) => id);
}

function arrive({ connections, clock, world }: FakeConcur) {
	const [user] = world.users;
	if (!user) throw new Error('There is no user');
	return connections.add(user, clock.now().getTime());
}

function answer(
	{ connections, clock }: FakeConcur,
	id: string,
	status: 'CRSUC' | 'CRRET' | 'CREU1',
) {
	const request = connections.find(id);
	if (!request) throw new Error('There is no such request');
	connections.put(request, status, clock.now().getTime());
}

describe('The trigger for connection requests', () => {
	it.each(cases)(
		'tells once of each that waits, though nobody answers for three days ($engine, $queue)',
		async ({ engine, queue }) => {
			const { fake, poller, pass } = await openQueue(engine, {
				connectionRequests: 23,
				connectionQueue: queue,
			});
			const told = idsOf(emitted(await poller.poll()));
			expect(told.sort()).toEqual(fake.connections.all.map(({ id }) => id).sort());
			for (let n = 0; n < 36; n++) {
				pass(2 * HOUR);
				expect(await poller.poll()).toBeNull();
				if (n % 5 === 0) poller.restart();
			}
			expect(fake.connections.all.flatMap(({ puts }) => puts)).toEqual([]);
		},
	);

	it.each(cases)(
		'tells of each as often as Concur has queued it ($engine, $queue)',
		async ({ engine, queue }) => {
			const { fake, poller, pass } = await openQueue(engine, {
				connectionRequests: 15,
				connectionQueue: queue,
				seed: TEST_SEED,
			});
			const random = new Random(TEST_SEED, 82);
			const told = new Map<string, number>();
			for (let n = 0; n < 50; n++) {
				if (random.chance(0.3)) arrive(fake);
				const records = emitted(await poller.poll({ budgetMs: n % 3 === 0 ? 0 : 36_000 }));
				pass(5);
				for (const { id } of records) {
					const key = textOf(id);
					told.set(key, (told.get(key) ?? 0) + 1);
					// Not more often than it was queued: once, and once after each answer.
					expect(told.get(key)).toBe((fake.connections.find(key)?.puts.length ?? 0) + 1);
					if (random.chance(0.8))
						answer(fake, key, random.pick(['CRSUC', 'CRRET', 'CREU1'] as const));
				}
				if (random.chance(0.2)) poller.restart();
				pass(random.between(60, 3 * HOUR));
			}
			pass(30 * HOUR);
			for (let n = 0; n < 10; n++)
				for (const { id } of emitted(await poller.poll()))
					told.set(textOf(id), (told.get(textOf(id)) ?? 0) + 1);
			for (const { id, puts, final } of fake.connections.all)
				expect([id, told.get(id)]).toEqual([id, puts.length + (final ? 0 : 1)]);
		},
	);

	it.each([
		['CRSUC', 0, []],
		['CRRET', 1, [1]],
		['CREU1', 24, [1]],
	] as const)(
		'hears of one answered by %s again after %d hours: %j',
		async (status, hours, again) => {
			const { fake, poller, pass } = await openQueue('memory', { connectionRequests: 1 });
			const id = fake.connections.all[0]?.id ?? '';
			await poller.poll();
			answer(fake, id, status);
			const heard: number[] = [];
			for (let n = 1; n <= 30; n++) {
				pass(HOUR);
				const count = emitted(await poller.poll()).length;
				if (count > 0) heard.push(count);
				if (count > 0) expect(n).toBe(hours);
			}
			expect(heard).toEqual(again);
		},
	);

	it.each(engines)(
		'comes to the end of a queue that one poll has no time for (%s)',
		async (engine) => {
			const { fake, poller, pass } = await openQueue(engine, { connectionRequests: 95 });
			const told = new Set<unknown>();
			for (let n = 0; told.size < 95; n++) {
				const ids = idsOf(emitted(await poller.poll({ budgetMs: 0 })));
				expect(ids).toHaveLength(n === 9 ? 5 : 10);
				for (const id of ids) told.add(id);
				// Nobody answers.
				pass(60);
			}
			expect(await poller.poll()).toBeNull();
			const late = arrive(fake);
			pass(60);
			expect(idsOf(emitted(await poller.poll()))).toEqual([late.id]);
		},
	);

	it.each([true, false])('never gives out request tokens, simplified: %j', async (isSimple) => {
		const { fake, poller } = await openQueue(
			'memory',
			{ connectionRequests: 1 },
			{ simplify: isSimple },
		);
		const [emits] = emitted(await poller.poll());
		expect(emits).toMatchObject({ id: fake.connections.all[0]?.id, status: 'Pending' });
		expect(emits).toHaveProperty(isSimple ? 'email' : 'emailAddresses');
		expect(JSON.stringify([emits, poller.stored()])).not.toMatch(/token/i);
	});

	it.each(['3.0', '3.1', '3.2'])('reads the queue of version %s', async (version) => {
		const { fake, poller } = await openQueue('memory', { connectionRequests: 3 }, { version });
		expect(emitted(await poller.poll())).toHaveLength(3);
		expect(fake.calls.at(-1)?.path).toContain(`/v${version}/`);
	});

	it('keeps its memory small, and lets requests wait that it has no room for', async () => {
		const { fake, poller, pass } = await openQueue('durable', { connectionRequests: 3000 });
		const first = emitted(await poller.poll());
		expect(first).toHaveLength(2500);
		expect(JSON.stringify(poller.stored()).length).toBeLessThan(120_000);
		for (const { id } of first) answer(fake, textOf(id), 'CRSUC');
		pass(9 * 24 * HOUR);
		expect(await poller.poll()).toBeNull();
		pass(60);
		expect(emitted(await poller.poll())).toHaveLength(500);
	});
});
