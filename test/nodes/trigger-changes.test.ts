import type { INodeParameters } from 'n8n-workflow';
import type { FakeConcurOptions } from '../../fake-concur';
import { Random } from '../../fake-concur/random';
import { engines, type PollEngine } from '../support/n8n/poll-node';
import { byId } from '../support/n8n/run-concur';
import { emitted, openTriggerScene, type TriggerScene } from '../support/n8n/trigger-scene';
import { Witness } from '../support/n8n/witness';
import { TEST_SEED } from '../support/seed';

/** How old a second must be before it is told of, and then once more for what Concur shows late. */
const SETTLED = 31;
const OVERLAP = 600;

async function openWatch(
	engine: PollEngine,
	options: FakeConcurOptions = {},
	parameters: INodeParameters = {},
) {
	const changed = { event: 'requestChanged', view: 'ALL', simplify: false, ...parameters };
	const scene = await openTriggerScene(engine, changed, options);
	expect(await scene.poller.poll()).toBeNull();
	const witness = new Witness(scene.fake);
	scene.pass(1);
	return { ...scene, witness };
}

/** A failure that is not worth a repetition, so that tests need not wait for one. */
const FINAL_FAILURE = { kind: 'unavailable', code: 'CLIQBOOK_APPROVAL_FAILURE' } as const;

const worlds = engines.flatMap((engine) =>
	[0, 1, 2].map((offset) => ({ engine, seed: TEST_SEED + offset })),
);

describe('The trigger for changed travel requests', () => {
	it.each(worlds)(
		'tells of every change once in 50 polls of a busy world, with late arrivals, failures, restarts and too little time (engine $engine, seed $seed)',
		async ({ engine, seed }) => {
			const scene = await openWatch(engine, { seed, requests: 200 });
			const { fake, poller, pass, witness } = scene;
			const random = new Random(seed, 77);
			let failures = 0;
			for (let n = 0; n < 50; n++) {
				liveOn(scene, witness, random);
				const during = fake.world.schedule({ edits: 1, everyCalls: 2, times: 2 });
				fake.clock.stepPerCallMs = random.between(0, 800);
				if (random.chance(0.3))
					fake.faults.set({
						...FINAL_FAILURE,
						path: 'v4/requests$',
						calls: [random.between(1, 3)],
					});
				const before = JSON.stringify(poller.stored());
				const items = await poller
					.poll({ budgetMs: random.chance(0.3) ? 0 : 36_000 })
					.catch((error: unknown) => {
						expect(String(error)).toMatch(/503/);
						expect(JSON.stringify(poller.stored())).toBe(before);
						failures++;
						return null;
					});
				fake.faults.clear();
				during.stop();
				fake.clock.stepPerCallMs = 0;
				witness.look();
				witness.hear(items);
				if (random.chance(0.2)) poller.restart();
				pass(random.between(30, 120));
			}
			expect(failures).toBeGreaterThan(0);
			fake.quirks.visibilityDelayMs = 0;
			for (let n = 0; n < 15; n++) {
				pass(60);
				witness.hear(await poller.poll());
			}
			expect(witness.missing()).toEqual([]);
		},
	);

	it.each(engines)(
		'tells of a change at the first poll after half a minute (%s)',
		async (engine) => {
			const { fake, poller, pass, witness } = await openWatch(engine, { requests: 60 });
			const random = new Random(TEST_SEED, 78);
			for (let n = 0; n < 20; n++) {
				fake.world.randomEdit(random);
				witness.look();
				pass(random.between(5, 90));
				witness.hear(await poller.poll());
				expect(witness.missing(SETTLED)).toEqual([]);
			}
		},
	);

	it.each(engines)(
		'has no events, and starts nothing, while nothing changes (%s)',
		async (engine) => {
			const { fake, poller, pass } = await openWatch(engine);
			for (let n = 0; n < 15; n++) {
				pass(60);
				const before = fake.calls.length;
				expect(await poller.poll()).toBeNull();
				expect(fake.calls.length - before).toBeLessThanOrEqual(2);
			}
		},
	);

	it.each(engines)('tells once of what is edited often between two polls (%s)', async (engine) => {
		const { fake, poller, pass } = await openWatch(engine);
		const [id = ''] = fake.world.requests();
		for (let n = 0; n < 5; n++) {
			fake.world.edit(id, { name: `Name ${n}` });
			pass(7);
		}
		pass(40);
		expect(emitted(await poller.poll())).toMatchObject([{ id, name: 'Name 4' }]);
		fake.world.edit(id, { name: 'Another' });
		pass(40);
		expect(emitted(await poller.poll())).toMatchObject([{ id, name: 'Another' }]);
	});

	it.each(engines)(
		'tells of what Concur lists and does not find, as listed, and not of what is gone (%s)',
		async (engine) => {
			const { fake, poller, pass } = await openWatch(engine);
			const [stray = '', gone = '', sound = ''] = fake.world.requests();
			for (const id of [stray, gone, sound]) fake.world.edit(id, { name: 'Edited' });
			fake.faults.missing.add(stray);
			fake.faults.vanishing.add(gone);
			pass(60);
			const told = emitted(await poller.poll());
			expect(told.map(({ id }) => id).sort()).toEqual([stray, sound].sort());
		},
	);

	it.each(engines)(
		'loses no edit that falls into the very second in which it reads the request (%s)',
		async (engine) => {
			const { fake, poller, pass } = await openWatch(engine, { requests: 1 });
			const [id = ''] = fake.world.requests();
			fake.world.edit(id, { name: 'First' });
			pass(60);
			// After the list call, and before the request is read.
			fake.world.schedule({ edits: 1, atCall: 1 });
			await poller.poll();
			fake.world.edit(id, { name: 'Last' });
			pass(60);
			expect(emitted(await poller.poll())).toMatchObject([{ id, name: 'Last' }]);
		},
	);

	it('tells again of a change that no list shows', async () => {
		const { fake, poller, pass } = await openWatch('durable');
		const id = fake.world.create({ name: 'Trip' });
		fake.world.addExpense(id, {});
		pass(60);
		expect(emitted(await poller.poll())).toHaveLength(1);
		const listed = JSON.stringify(fake.world.truth(id)?.listItem);
		fake.world.addComment(id, 'Please hurry');
		expect(JSON.stringify(fake.world.truth(id)?.listItem)).toBe(listed);
		pass(60);
		expect(emitted(await poller.poll())).toMatchObject([{ id }]);
		for (let n = 0; n < 15; n++) {
			pass(60);
			expect(await poller.poll()).toBeNull();
		}
	});

	it.each([1, 300, OVERLAP])(
		'tells of a change that Concur shows %d seconds late, and of no other again',
		async (delay) => {
			const { fake, poller, pass } = await openWatch('durable');
			const [early = '', late = ''] = fake.world.requests();
			fake.world.edit(early, { name: 'Early' });
			fake.quirks.visibilityDelayMs = delay * 1000;
			fake.world.edit(late, { name: 'Late' });
			fake.quirks.visibilityDelayMs = 0;
			const told: unknown[] = [];
			for (let n = 0; n < 14; n++) {
				pass(60);
				told.push(...emitted(await poller.poll()).map(({ id }) => id));
			}
			expect(told.sort()).toEqual([early, late].sort());
		},
	);

	it.each(engines)('takes over many polls what is too much for one (%s)', async (engine) => {
		const { fake, poller, pass, witness } = await openWatch(engine, { requests: 0 });
		const random = new Random(TEST_SEED, 79);
		for (let n = 0; n < 240; n++) {
			fake.world.randomCreate(random);
			if (n % 40 === 39) pass(1);
		}
		witness.look();
		pass(60);
		let polls = 0;
		while (witness.missing().length > 0) {
			const told = witness.hear(await poller.poll({ budgetMs: 0 }));
			expect(told).toBeGreaterThan(0);
			expect(told).toBeLessThan(200);
			if (++polls % 2 === 0) poller.restart();
		}
		expect(polls).toBeGreaterThan(2);
	});

	it.each(engines)(
		'takes a second with 350 changes in parts, though nothing else would tell them apart (%s)',
		async (engine) => {
			const { fake, poller, pass, witness } = await openWatch(engine, { requests: 5 });
			fake.world.crowdSecond(350, fake.clock.now());
			witness.look();
			pass(60);
			const counts: number[] = [];
			while (witness.missing().length > 0) {
				counts.push(witness.hear(await poller.poll({ budgetMs: 0 })));
				expect(counts.at(-1)).toBeGreaterThan(0);
			}
			expect(Math.max(...counts)).toBeLessThanOrEqual(100);
			for (let n = 0; n < 15; n++) {
				pass(60);
				expect(await poller.poll()).toBeNull();
			}
		},
	);

	it('does not know what an n8n that tells no budget would allow, and polls all the same', async () => {
		const { fake, poller, pass } = await openWatch('memory');
		fake.world.create({ name: 'Trip' });
		pass(60);
		expect(emitted(await poller.poll({ budgetMs: 'unknown' }))).toHaveLength(1);
	});

	it('lets a failure out and has changed nothing then', async () => {
		const { fake, poller, pass } = await openWatch('memory');
		fake.world.create({ name: 'Trip' });
		pass(60);
		fake.quirks.grantedScopes = '';
		fake.revokeAccess();
		await expect(poller.poll()).rejects.toMatchObject({ httpCode: '403' });
		fake.quirks.grantedScopes = 'travelrequest.write';
		fake.revokeAccess();
		expect(emitted(await poller.poll())).toHaveLength(1);
	});

	it('is not held up for ever by one request that Concur cannot show', async () => {
		const { fake, poller, pass } = await openWatch('memory');
		const broken = fake.world.create({ name: 'Broken' });
		const sound = fake.world.create({ name: 'Sound' });
		fake.faults.set({ ...FINAL_FAILURE, path: `requests/${broken}` });
		pass(60);
		const told = emitted(await poller.poll());
		expect(told).toHaveLength(2);
		expect(told).toContainEqual(expect.objectContaining({ id: broken, name: 'Broken' }));
		expect(told).toContainEqual(
			expect.objectContaining({ id: sound, operations: expect.anything() }),
		);
		for (let n = 0; n < 14; n++) {
			pass(60);
			expect(await poller.poll()).toBeNull();
		}
	});

	it('tells once where n8n lets two polls overlap', async () => {
		const { fake, poller, pass } = await openWatch('memory');
		fake.world.create({ name: 'Trip' });
		pass(60);
		const both = await Promise.all([poller.poll(), poller.poll()]);
		expect(both.flatMap(emitted)).toHaveLength(1);
		pass(60);
		expect(await poller.poll()).toBeNull();
	});

	it.each<[string, (scene: TriggerScene) => INodeParameters]>([
		['View', () => ({ view: 'SUBMITTED' })],
		['User', ({ fake }) => ({ userId: byId(fake.world.users[1]?.id ?? '') })],
		['Event', () => ({ event: 'statusChanged' })],
	])('begins to watch anew when the parameter %s changes', async (_, choose) => {
		const scene = await openWatch('memory');
		const { fake, poller, pass } = scene;
		const [owner] = fake.world.users;
		fake.world.act(fake.world.create({ name: 'Before' }, owner?.id), 'submit');
		pass(60);
		poller.change(choose(scene));
		expect(await poller.poll()).toBeNull();
		pass(60);
		expect(await poller.poll()).toBeNull();
		pass(60);
		fake.world.act(fake.world.create({ name: 'After' }, fake.world.users[1]?.id), 'submit');
		pass(60);
		expect(emitted(await poller.poll())).toMatchObject([{ name: 'After' }]);
	});

	it('goes on watching when only the form of the output changes', async () => {
		const { fake, poller, pass } = await openWatch('memory');
		fake.world.create({ name: 'Trip', businessPurpose: 'Training' });
		pass(60);
		poller.change({ simplify: true });
		expect(emitted(await poller.poll())).toEqual([
			expect.objectContaining({
				name: 'Trip',
				businessPurpose: 'Training',
				status: 'NOT_SUBMITTED',
				lastModified: '2026-11-21T12:00:01.000Z',
			}),
		]);
	});

	it.each([
		['another shape', { watch: { version: 9, revision: 3, cursor: 'x' } }],
		['nothing of ours', { watch: 'text' }],
		['a broken state', { watch: { version: 1, target: 'x', revision: 'y', state: null } }],
	])('begins anew, and then goes on, where it finds %s', async (_, data) => {
		const { fake, poller, pass } = await openWatch('memory');
		poller.overwrite(data);
		expect(await poller.poll()).toBeNull();
		fake.world.create({ name: 'Trip' });
		pass(60);
		expect(emitted(await poller.poll())).toHaveLength(1);
	});

	it('watches only the view and the user that are chosen', async () => {
		const { fake, poller, pass } = await openWatch(
			'memory',
			{ requests: 0 },
			{ view: 'SUBMITTED' },
		);
		const [ada, bob] = fake.world.users;
		poller.change({ userId: byId(ada?.id ?? '') });
		await poller.poll();
		pass(2);
		const wanted = fake.world.create({}, ada?.id);
		fake.world.act(wanted, 'submit');
		fake.world.create({}, ada?.id);
		fake.world.act(fake.world.create({}, bob?.id), 'submit');
		pass(60);
		expect(emitted(await poller.poll()).map(({ id }) => id)).toEqual([wanted]);
	});
});

/** People work for a while; some of what they do is shown late. */
function liveOn({ fake, pass }: TriggerScene, witness: Witness, random: Random): void {
	fake.quirks.visibilityDelayMs = random.chance(0.3) ? random.between(1, OVERLAP) * 1000 : 0;
	for (let edits = random.between(0, 4); edits > 0; edits--) {
		if (random.chance(0.8)) fake.world.randomEdit(random);
		else fake.world.randomCreate(random);
		if (random.chance(0.1)) fake.world.randomDelete(random);
		witness.look();
		pass(random.between(0, 20));
	}
}
