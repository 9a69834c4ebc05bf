import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { SapConcur } from '../../nodes/SapConcur/SapConcur.node';
import { Random, type FakeConcur, type FakeConcurOptions } from '../../fake-concur';
import { rememberBetweenRuns, type NodeMemory } from '../support/n8n/remember-between-runs';
import { jsonOf, openBench, textOf } from '../support/n8n/run-concur';
import type { NodeRun, NodeRunOptions } from '../support/n8n/run-node';
import { TEST_SEED } from '../support/seed';
import { startFake } from '../support/start-fake';

const RESOURCE = 'connectionRequest';
const HOUR = 3_600_000;

const decisions = ['matched', 'notFound', 'doesNotMatch', 'needsAttention', 'tryAgainLater'];

interface Office {
	readonly fake: FakeConcur;
	readonly memory: NodeMemory;
	/** What Get Many brings, with request tokens, each with a decision. */
	waiting(decide: (index: number) => string): Promise<IDataObject[]>;
	/** Exchanges and outputs tokens unless told. */
	respond(
		items: readonly IDataObject[],
		parameters?: INodeParameters,
		options?: Partial<NodeRunOptions>,
	): Promise<NodeRun>;
}

async function openOffice(options: FakeConcurOptions = {}): Promise<Office> {
	const fake = await startFake({ seed: 3, users: 30, connectionRequests: 5, ...options });
	const bench = openBench(fake);
	const memory = rememberBetweenRuns(new SapConcur());
	return {
		fake,
		memory,
		async waiting(decide) {
			const read = { returnAll: true, options: { includeRequestToken: true } };
			const items = jsonOf(await bench.run(RESOURCE, 'getAll', read));
			return items.map((item, index) => ({ ...item, decision: decide(index) }));
		},
		respond: (items, parameters = {}, more = {}) =>
			bench.run(
				RESOURCE,
				'respond',
				{ tokens: 'exchange', ...parameters },
				{ nodeType: memory.nodeType, items, ...more },
			),
	};
}

const putsOf = (fake: FakeConcur) => fake.connections.all.map(({ puts }) => puts);

const callsTo = (fake: FakeConcur, method: string) =>
	fake.calls.filter((call) => call.method === method && /connectionrequests\/./.test(call.path));

const secretsIn = (fake: FakeConcur, value: unknown): string[] => {
	const text = JSON.stringify(value);
	return fake.secrets().filter((secret) => text.includes(secret));
};

describe('Connection Request, Respond', () => {
	it('answers each item by its decision, in order', async () => {
		const { fake, waiting, respond } = await openOffice();
		const items = await waiting((index) => decisions[index] ?? '');
		const run = await respond(items);
		const attempts = {
			reason: null,
			reasonCode: null,
			lastAttempt: false,
			settledByReading: false,
		};
		const refused = { outcome: 'refused', attempt: 1, attemptsAllowed: 4, ...attempts };
		const output = jsonOf(run);
		expect(output).toEqual(
			[
				{
					...{ status: 'CRSUC', outcome: 'connected', attempt: null, attemptsAllowed: null },
					...attempts,
					userId: items[0]?.['userId'],
					refreshToken: expect.any(String),
					geolocation: fake.baseUrl,
					scope: expect.any(String),
				},
				{ status: 'CREU1', ...refused },
				{ status: 'CREU2', ...refused },
				{ status: 'CREU3', ...refused },
				{ status: 'CRRET', outcome: 'retryLater', attempt: 1, attemptsAllowed: 48, ...attempts },
			].map((item, index) => ({ id: items[index]?.['id'], decision: decisions[index], ...item })),
		);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
		expect(putsOf(fake)).toEqual([['CRSUC'], ['CREU1'], ['CREU2'], ['CREU3'], ['CRRET']]);
		expect(callsTo(fake, 'PUT').map(({ path }) => path.split('/').at(-1))).toEqual(
			items.map(({ id }) => id),
		);
	});

	it('outputs nothing secret but the tokens that are asked for', async () => {
		const { fake, waiting, respond } = await openOffice();
		const [matched, ...others] = jsonOf(
			await respond(await waiting((index) => decisions[index] ?? '')),
		);
		expect(secretsIn(fake, others)).toEqual([]);
		expect(secretsIn(fake, matched)).toEqual([matched?.['refreshToken']]);
	});

	it('outputs nothing secret, and asks for no token, where the tokens are kept already', async () => {
		const { fake, memory, waiting, respond } = await openOffice();
		const items = await waiting((index) => decisions[index] ?? '');
		const before = fake.calls.length;
		const run = await respond(items, { tokens: 'kept' });
		expect(jsonOf(run)[0]).toMatchObject({ outcome: 'connected', status: 'CRSUC' });
		expect(secretsIn(fake, [run.outputs, memory.stored])).toEqual([]);
		expect(fake.calls.slice(before).filter(({ method }) => method !== 'PUT')).toEqual([]);
	});

	it('must be told what becomes of the tokens', async () => {
		const { fake, waiting, respond } = await openOffice();
		const items = await waiting(() => 'matched');
		await expect(respond(items, { tokens: '' })).rejects.toThrow(/issues/);
		expect(callsTo(fake, 'PUT')).toEqual([]);
	});

	it.each(['3.2', '3.1', '3.0'])('answers with version %s', async (version) => {
		const { fake, waiting, respond } = await openOffice();
		const items = await waiting(() => 'notFound');
		jsonOf(await respond(items, { version }));
		expect(callsTo(fake, 'PUT').every(({ path }) => path.includes(`/v${version}/`))).toBe(true);
		expect(putsOf(fake).flat()).toHaveLength(5);
	});

	it('tells no traveler of an expired token, and says why', async () => {
		const { fake, waiting, respond } = await openOffice({ connectionRequests: 1 });
		const items = await waiting(() => 'matched');
		fake.clock.advance(25 * HOUR);
		const run = await respond(items);
		expect(jsonOf(run)).toMatchObject([
			{
				status: 'CRRET',
				outcome: 'retryLater',
				attempt: 1,
				attemptsAllowed: 48,
				reason: expect.stringMatching(/^The request token was refused\. Concur answered 4/),
				reasonCode: 'CONCUR_AUTH_CREDENTIALS',
				refreshToken: null,
			},
		]);
		expect(fake.connections.all[0]?.emailsSent).toBe(0);
		expect(secretsIn(fake, run.outputs)).toEqual([]);
	});
});

describe('Connection Request, Get Many and Respond in turns', () => {
	const kinds = ['queue', 'lease', 'status'] as const;
	const cases = kinds.flatMap((kind) => [0, 1, 2].map((n) => [kind, TEST_SEED + n] as const));

	it.each(cases)(
		'empty a %s, one answer each, answers to PUTs lost, seed %i',
		async (kind, seed) => {
			const random = new Random(seed, 43);
			const { fake, waiting, respond } = await openOffice({
				seed,
				connectionQueue: kind,
				connectionRequests: random.between(11, 24),
			});
			fake.faults.set(
				{ kind: 'resetAfter', method: 'PUT', probability: 0.2 },
				{ kind: 'resetAfter', method: 'PUT', calls: [2] },
			);
			const answered = new Set<unknown>();
			let newcomers = 6;
			for (let items = await waiting(() => random.pick(decisions)); items.length > 0;) {
				for (let n = 0; n < 3 && newcomers > 0; n++, newcomers--) {
					fake.connections.add(random.pick(fake.world.users), fake.clock.now().getTime());
				}
				for (const { id, outcome } of jsonOf(await respond(items))) {
					expect([id, answered.has(id), outcome]).toEqual([
						id,
						false,
						expect.stringMatching(/^(connected|refused|retryLater)$/),
					]);
					answered.add(id);
				}
				items = await waiting(() => random.pick(decisions));
			}
			expect(fake.faults.struck('resetAfter')).toBeGreaterThan(0);
			expect(answered.size).toBe(fake.connections.all.length);
			for (const { puts, emailsSent } of fake.connections.all) {
				expect([puts.length, emailsSent]).toEqual([1, puts[0] === 'CRRET' ? 0 : 1]);
			}
		},
	);
});

describe('Connection Request, Respond, from one execution to the next', () => {
	it.each([
		['notFound', 24, 4],
		['tryAgainLater', 1, 48],
	])('counts the attempts of %s', async (decision, hours, allowed) => {
		const { fake, memory, waiting, respond } = await openOffice({ connectionRequests: 1 });
		const attempts: unknown[] = [];
		for (;;) {
			const items = await waiting(() => decision);
			if (items.length === 0) break;
			const [{ attempt, attemptsAllowed, lastAttempt } = {}] = jsonOf(await respond(items));
			attempts.push([attempt, attemptsAllowed, lastAttempt]);
			fake.clock.advance(hours * HOUR);
		}
		expect(attempts).toEqual(
			Array.from({ length: allowed + 1 }, (_, n) => [n + 1, allowed, n + 1 >= allowed]),
		);
		expect(secretsIn(fake, memory.stored)).toEqual([]);
	});

	it('counts what the workflow has counted', async () => {
		const { waiting, respond } = await openOffice({ connectionRequests: 1 });
		const items = await waiting(() => 'notFound');
		const parameters = { options: { attemptsSoFar: '={{ 2 + 1 }}' } };
		expect(jsonOf(await respond(items, parameters))).toMatchObject([
			{ attempt: 4, lastAttempt: true },
		]);
	});

	it('answers nothing twice when it is tried again with the same items', async () => {
		const { fake, waiting, respond } = await openOffice();
		const items = await waiting((index) => decisions[index + 1] ?? 'notFound');
		const wrong = { id: '00000000-0000-4000-8000-000000000000', decision: 'notFound' };
		const first = await respond([...items, wrong]);
		expect(first.error?.description).toMatch(/not in the queue \(any more\)/);
		const again = await respond(items);
		expect(jsonOf(again).map(({ outcome }) => outcome)).toEqual(items.map(() => 'alreadyAnswered'));
		expect(putsOf(fake).every((puts) => puts.length === 1)).toBe(true);
	});

	it.each([true, false])(
		'finishes what one that was stopped after the exchange had begun, its state saved: %s',
		async (saves) => {
			const { fake, memory, waiting, respond } = await openOffice({ connectionRequests: 1 });
			memory.saves = saves;
			const stop = new AbortController();
			const { signal } = stop;
			const items = await waiting(() => 'matched');
			const before = fake.calls.length;
			const isExchange = ({ path }: { path: string }) => path === '/oauth2/v0/token';
			fake.faults.set({ kind: 'stallHeaders', method: 'PUT' });
			const running = respond(items, {}, { signal });
			while (callsTo(fake, 'PUT').length === 0) await new Promise(setImmediate);
			stop.abort();
			expect((await running).status).toBe('canceled');
			expect(fake.calls.slice(before).some(isExchange)).toBe(true);
			expect(putsOf(fake)).toEqual([[]]);

			fake.faults.clear();
			const [output] = jsonOf(await respond(await waiting(() => 'matched')));
			expect(output).toMatchObject({ outcome: 'connected', refreshToken: expect.any(String) });
			expect(putsOf(fake)).toEqual([['CRSUC']]);
			expect(fake.connections.all[0]?.emailsSent).toBe(1);
			expect(await waiting(() => 'matched')).toEqual([]);
		},
	);
});

describe('Connection Request, Respond, with several items,', () => {
	it('answers a request once, and says so of the others', async () => {
		const { fake, waiting, respond } = await openOffice({ connectionRequests: 2 });
		const [one = {}, two = {}] = await waiting(() => 'matched');
		const run = await respond([one, two, one, { ...one, id: textOf(one['id']).toUpperCase() }]);
		const output = jsonOf(run);
		expect(output.map(({ outcome }) => outcome)).toEqual([
			'connected',
			'connected',
			'alreadyAnswered',
			'alreadyAnswered',
		]);
		expect(output[2]).toMatchObject({ status: 'CRSUC', refreshToken: null });
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].map((item) => ({ item })),
		);
		expect(putsOf(fake)).toEqual([['CRSUC'], ['CRSUC']]);
	});

	it.each<[string, (items: IDataObject[]) => IDataObject[], RegExp]>([
		[
			'decisions that contradict each other',
			([one = {}, two = {}]) => [two, one, { ...one, decision: 'notFound' }],
			/^The connection request [0-9a-f-]{36} has decisions that contradict each other: matched, notFound\.$/,
		],
		[
			'a decision that does not exist',
			([one = {}, two = {}]) => [one, { ...two, decision: 'CREU1' }],
			/^The parameter 'Decision' has a value that is not offered$/,
		],
		[
			'no ID',
			([one = {}, two = {}]) => [one, { ...two, id: '' }],
			/^The parameter 'Connection Request ID' is empty$/,
		],
		[
			'a match without a user ID',
			([one = {}, two = {}]) => [one, { ...two, userId: null }],
			/^The parameter 'User ID' is empty$/,
		],
		[
			'a match without a request token',
			([one = {}, two = {}]) => [one, { ...two, requestToken: null }],
			/^The parameter 'Request Token' is empty$/,
		],
		[
			'half an attempt',
			([one = {}, two = {}]) => [one, { ...two, attempts: 0.5 }],
			/^The parameter 'Attempts So Far' is not a whole number$/,
		],
	])('refuses %s in words before anything is sent', async (_name, spoil, message) => {
		const { fake, waiting, respond } = await openOffice({ connectionRequests: 2 });
		const items = spoil(await waiting(() => 'matched'));
		const before = fake.calls.length;
		const parameters = { options: { attemptsSoFar: '={{ $json.attempts ?? 0 }}' } };
		const run = await respond(items, parameters);
		expect(run.error?.message).toMatch(message);
		expect(run.error?.description).toBeTruthy();
		expect(fake.calls).toHaveLength(before);
	});

	it('goes on after those, where it is to go on, with an error item for each', async () => {
		const { fake, waiting, respond } = await openOffice({ connectionRequests: 3 });
		const [one = {}, two = {}, three = {}] = await waiting(() => 'notFound');
		const items = [one, { ...two, decision: 'maybe' }, { ...one, decision: 'matched' }, three];
		const run = await respond(items, {}, { onError: 'continueRegularOutput' });
		const contradiction = expect.stringMatching(/contradict/) as unknown;
		expect(run.items).toMatchObject([
			{ json: { error: contradiction }, pairedItem: { item: 0 } },
			{ json: { error: expect.stringMatching(/not offered/) }, pairedItem: { item: 1 } },
			{ json: { error: contradiction }, pairedItem: { item: 2 } },
			{ json: { outcome: 'refused' }, pairedItem: { item: 3 } },
		]);
		expect(putsOf(fake)).toEqual([[], [], ['CREU1']]);
	});

	it('loses no tokens to a later item that fails', async () => {
		const { fake, waiting, respond } = await openOffice({ connectionRequests: 2 });
		const [one = {}, two = {}] = await waiting(() => 'matched');
		const wrong = { ...two, id: '00000000-0000-4000-8000-000000000000' };
		const output = jsonOf(await respond([one, wrong, two]));
		expect(output).toMatchObject([
			{ outcome: 'connected', refreshToken: expect.any(String) },
			{
				outcome: 'failed',
				status: null,
				reason: expect.stringMatching(/answered 404.+not in the queue \(any more\)/),
				reasonCode: 'CONCUR_NOT_FOUND',
			},
			{ outcome: 'connected', refreshToken: expect.any(String) },
		]);
		expect(putsOf(fake)).toEqual([['CRSUC'], ['CRSUC']]);
	});

	it('stops at one that fails where there are no tokens to lose', async () => {
		const { fake, waiting, respond } = await openOffice({ connectionRequests: 2 });
		const [one = {}, two = {}] = await waiting(() => 'matched');
		const wrong = { ...two, id: '00000000-0000-4000-8000-000000000000' };
		const run = await respond([one, wrong, two], { tokens: 'kept' });
		expect(run.error).toMatchObject({ httpCode: '404', context: { itemIndex: 1 } });
		expect(putsOf(fake)).toEqual([['CRSUC'], []]);
	});
});
