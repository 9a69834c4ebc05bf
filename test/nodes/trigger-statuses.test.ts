import type { INodeParameters } from 'n8n-workflow';
import { engines, type PollEngine } from '../support/n8n/poll-node';
import { emitted, openTriggerScene } from '../support/n8n/trigger-scene';
import { Random } from '../../fake-concur/random';
import { TEST_SEED } from '../support/seed';

const OLD = ['submitted', 'approved', 'sentback', 'draft'] as const;

/** A world with four old requests, and a watch that begins after them. */
async function openWatch(engine: PollEngine = 'durable', parameters: INodeParameters = {}) {
	const scene = await openTriggerScene(
		engine,
		{ event: 'statusChanged', view: 'ALL', ...parameters },
		{ requests: 0 },
	);
	const { world } = scene.fake;
	const [submitted, approved, sentback, draft] = OLD.map((name) => world.create({ name }));
	const old = {
		submitted: submitted ?? '',
		approved: approved ?? '',
		sentback: sentback ?? '',
		draft: draft ?? '',
	};
	for (const id of [old.submitted, old.approved, old.sentback]) world.act(id, 'submit');
	world.act(old.approved, 'approve');
	world.act(old.sentback, 'sendback');
	scene.pass(86_400);
	expect(await scene.poller.poll()).toBeNull();
	scene.pass(1);
	return {
		...scene,
		old,
		/** What one more poll tells, a minute later. */
		async changes() {
			scene.pass(60);
			return emitted(await scene.poller.poll()).map(({ name, previousStatus, status }) => [
				name,
				previousStatus,
				status,
			]);
		},
	};
}

describe('The trigger for changed statuses', () => {
	it.each(engines)('tells of each step on the way of a new request (%s)', async (engine) => {
		const { fake, changes } = await openWatch(engine);
		const id = fake.world.create({ name: 'Trip' });
		expect(await changes()).toEqual([['Trip', null, 'NOT_SUBMITTED']]);
		fake.world.act(id, 'submit');
		expect(await changes()).toEqual([['Trip', 'NOT_SUBMITTED', 'SUBMITTED']]);
		fake.world.addComment(id, 'Please hurry');
		expect(await changes()).toEqual([]);
		fake.world.act(id, 'sendback');
		expect(await changes()).toEqual([['Trip', 'SUBMITTED', 'SENTBACK']]);
		fake.world.act(id, 'submit');
		fake.world.act(id, 'approve');
		expect(await changes()).toEqual([['Trip', 'SENTBACK', 'APPROVED']]);
		fake.world.act(id, 'cancel');
		expect(await changes()).toEqual([['Trip', 'APPROVED', 'CANCELED']]);
	});

	it('tells of a request that was created and submitted at once as of one change', async () => {
		const { fake, changes } = await openWatch();
		fake.world.act(fake.world.create({ name: 'Trip' }), 'submit');
		expect(await changes()).toEqual([['Trip', null, 'SUBMITTED']]);
	});

	it.each(['submitted', 'approved', 'draft'] as const)(
		'takes an edit of an old request that is %s for no change of status',
		async (name) => {
			const { fake, old, changes } = await openWatch();
			fake.world.edit(old[name], { comment: 'Edited' });
			expect(await changes()).toEqual([]);
		},
	);

	it('tells of an old request where no date says when its status was reached', async () => {
		const { fake, old, changes } = await openWatch();
		fake.world.edit(old.sentback, { comment: 'Edited' });
		expect(await changes()).toEqual([['sentback', null, 'SENTBACK']]);
		fake.world.edit(old.sentback, { comment: 'Edited again' });
		expect(await changes()).toEqual([]);
	});

	it.each([
		['submitted', 'approve', null, 'APPROVED'],
		['submitted', 'sendback', null, 'SENTBACK'],
		['submitted', 'recall', null, 'NOT_SUBMITTED'],
		['approved', 'cancel', null, 'CANCELED'],
		['draft', 'submit', null, 'SUBMITTED'],
	] as const)('tells when an old %s one meets %s', async (name, action, previous, status) => {
		const { fake, old, changes } = await openWatch();
		fake.world.act(old[name], action);
		expect(await changes()).toEqual([[name, previous, status]]);
	});

	it.each<[string, INodeParameters]>([
		['a list', { statuses: ['APPROVED', 'SENTBACK'] }],
		['an expression that gives one text', { statuses: '={{ "approved, SENTBACK" }}' }],
	])('tells only of the statuses chosen by %s', async (_, parameters) => {
		const { fake, old, changes } = await openWatch('memory', parameters);
		const id = fake.world.create({ name: 'Trip' });
		expect(await changes()).toEqual([]);
		fake.world.act(id, 'submit');
		fake.world.act(old.submitted, 'approve');
		expect(await changes()).toEqual([['submitted', null, 'APPROVED']]);
		fake.world.act(id, 'approve');
		expect(await changes()).toEqual([['Trip', 'SUBMITTED', 'APPROVED']]);
	});

	it('takes an edit for no change of status also where it has forgotten the status', async () => {
		const { fake, poller, pass, changes } = await openWatch();
		const first = fake.world.create({ name: 'First' });
		fake.world.act(first, 'submit');
		for (let n = 0; n < 2600; n++) {
			if (n % 80 === 0) pass(1);
			fake.world.create({ name: 'Another' });
		}
		pass(60);
		let told = 0;
		for (let n = 0; n < 5; n++) told += emitted(await poller.poll()).length;
		expect(told).toBe(2601);
		fake.world.edit(first, { comment: 'Edited' });
		expect(await changes()).toEqual([]);
		fake.world.act(first, 'approve');
		expect(await changes()).toEqual([['First', 'SUBMITTED', 'APPROVED']]);
	});

	it('adds the whole request where the output is not simplified', async () => {
		const { fake, poller, pass } = await openWatch('durable', { simplify: false });
		const id = fake.world.create({ name: 'Trip' });
		pass(60);
		expect(emitted(await poller.poll())).toEqual([
			expect.objectContaining({
				id,
				previousStatus: null,
				status: 'NOT_SUBMITTED',
				lastModified: expect.any(String),
			}),
		]);
	});

	it.each(engines)(
		'tells, for every request, a chain of statuses without a gap or a repetition (%s)',
		async (engine) => {
			const { fake, poller, pass } = await openWatch(engine, { simplify: true });
			const random = new Random(TEST_SEED, 81);
			const steps = ['submit', 'approve', 'sendback', 'recall', 'cancel'] as const;
			const ids = Array.from({ length: 12 }, (_, n) => fake.world.create({ name: `Trip ${n}` }));
			const last = new Map<unknown, unknown>();
			let events = 0;
			for (let n = 0; n < 50; n++) {
				for (const id of ids) {
					if (random.chance(0.3))
						try {
							fake.world.act(id, random.pick(steps));
						} catch {
							// Not from this status.
						}
				}
				fake.quirks.visibilityDelayMs = random.chance(0.2) ? random.between(1, 600) * 1000 : 0;
				pass(random.between(10, 90));
				for (const { id, previousStatus, status } of emitted(await poller.poll())) {
					expect(previousStatus).toBe(last.get(id) ?? null);
					expect(status).not.toBe(previousStatus);
					last.set(id, status);
					events++;
				}
				if (random.chance(0.2)) poller.restart();
			}
			for (let n = 0; n < 15; n++) {
				pass(60);
				for (const { id, status } of emitted(await poller.poll())) last.set(id, status);
			}
			expect(events).toBeGreaterThan(30);
			for (const id of ids)
				expect(fake.world.truth(id)?.listItem).toMatchObject({
					approvalStatus: { code: last.get(id) },
				});
		},
	);
});
