import { inspect } from 'node:util';
import {
	createAttemptLedger,
	type AttemptLedger,
} from '../../concur/connection-request/attempt-ledger';
import type { ConnectionRequest } from '../../concur/connection-request/connection-request';
import { readAllConnectionRequests } from '../../concur/connection-request/queue/drain-connection-requests';
import { exchangeRequestToken } from '../../concur/connection-request/exchange-request-token';
import {
	createConnectionResponder,
	findContradictions,
	matchDecisions,
	type ConnectionResponse,
	type MatchDecision,
	type RespondOptions,
} from '../../concur/connection-request/respond';
import { ConfigurationError, OutcomeUnknownError } from '../../concur/errors';
import { Random, type FakeConcur } from '../../fake-concur/index';
import { TEST_SEED } from '../support/seed';
import { connectTo, countCalls, startFakeOnly } from './fake-client';
import { containing, failureOf, fakeSleep } from './serve';

const HOUR = 3_600_000;
const BY_ID = /connectionrequests\/./;

const exchangeAt =
	(fake: FakeConcur): NonNullable<RespondOptions['exchange']> =>
	(request) => {
		const { clientId, clientSecret } = fake.credentials;
		const { sleep } = fakeSleep();
		const app = { baseUrl: fake.baseUrl, clientId, clientSecret, retry: { sleep } };
		return exchangeRequestToken(app, request);
	};

/** Signed in as the app: a company's request token would die within a day. */
function connectApp(fake: FakeConcur) {
	const { clientId, clientSecret } = fake.credentials;
	return connectTo(fake, {
		credentials: { grantType: 'client_credentials', clientId, clientSecret },
	});
}

/** A supplier: each run has a client and a responder of its own, as each execution has. */
function openSupplier(fake: FakeConcur, options: RespondOptions = {}) {
	return {
		read: () => readAllConnectionRequests(connectApp(fake), {}, { includeRequestToken: true }),
		run: (more: RespondOptions = {}) =>
			createConnectionResponder(connectApp(fake), {
				exchange: exchangeAt(fake),
				...options,
				...more,
			}),
	};
}

async function openOne(options: RespondOptions = {}) {
	const fake = await startFakeOnly({ connectionRequests: 1, requests: 0 });
	const supplier = openSupplier(fake, options);
	const [request] = await supplier.read();
	const [truth] = fake.connections.all;
	if (!request || !truth) throw new Error('no connection request');
	return { fake, supplier, request, truth };
}

const putsOf = (fake: FakeConcur) => fake.connections.all.map(({ puts }) => puts.length);

const decisions: MatchDecision[] = [
	'matched',
	'notFound',
	'doesNotMatch',
	'needsAttention',
	'tryAgainLater',
];

describe('A decision', () => {
	test.each<[MatchDecision, Partial<ConnectionResponse>, number]>([
		['matched', { status: 'CRSUC', outcome: 'connected', attempt: null, attemptsAllowed: null }, 1],
		['notFound', { status: 'CREU1', outcome: 'refused', attempt: 1, attemptsAllowed: 4 }, 1],
		['doesNotMatch', { status: 'CREU2', outcome: 'refused', attempt: 1, attemptsAllowed: 4 }, 1],
		['needsAttention', { status: 'CREU3', outcome: 'refused', attempt: 1, attemptsAllowed: 4 }, 1],
		[
			'tryAgainLater',
			{ status: 'CRRET', outcome: 'retryLater', attempt: 1, attemptsAllowed: 48 },
			0,
		],
	])('%s is put', async (decision, expected, emails) => {
		const { fake, supplier, request, truth } = await openOne();
		const { grant, ...response } = await supplier.run().respond({ ...request, decision });
		expect(response).toEqual({
			id: request.id,
			decision,
			reason: null,
			reasonCode: null,
			lastAttempt: false,
			settledByReading: false,
			...expected,
		});
		expect(grant?.refreshToken === undefined).toBe(decision !== 'matched');
		expect(truth.puts).toEqual([matchDecisions[decision]]);
		expect(truth.emailsSent).toBe(emails);
		// Reading by id makes a new request token: it is left alone where nothing is in doubt.
		expect(countCalls(fake, 'GET', BY_ID)).toBe(0);
	});

	test('is put by the version that is asked for', async () => {
		const { fake, supplier, request } = await openOne();
		await supplier.run().respond({ ...request, decision: 'notFound', version: '3.0' });
		expect(countCalls(fake, 'PUT', /v3\.0/)).toBe(1);
	});

	test('matched, its tokens kept already, is only put', async () => {
		const { supplier, request, truth, fake } = await openOne({ exchange: undefined });
		const before = fake.calls.length;
		const response = await supplier.run().respond({ id: request.id, decision: 'matched' });
		expect(response).toMatchObject({ outcome: 'connected' });
		expect(response).not.toHaveProperty('grant');
		expect(truth.puts).toEqual(['CRSUC']);
		// The client's own sign-in and the PUT.
		expect(fake.calls.length - before).toBe(2);
	});

	test('matched is put after its tokens are kept', async () => {
		const { supplier, request, truth } = await openOne();
		const seen: unknown[] = [];
		const keep: RespondOptions['keep'] = async (grant) => {
			seen.push(grant.refreshToken, [...truth.puts]);
		};
		const { grant } = await supplier.run({ keep }).respond({ ...request, decision: 'matched' });
		expect(seen).toEqual([grant?.refreshToken, []]);
	});
});

describe('A match that cannot be exchanged becomes CRRET, of which the traveler hears nothing:', () => {
	test.each<[string, (fake: FakeConcur) => RespondOptions, string, string]>([
		[
			'its token has expired',
			(fake) => {
				fake.clock.advance(25 * HOUR);
				return {};
			},
			'CONCUR_AUTH_CREDENTIALS',
			'The request token was refused. Concur answered 4',
		],
		[
			'Concur has a bad day',
			(fake) => {
				fake.faults.set({
					kind: 'internalServerError',
					scope: 'token',
					path: 'token',
					calls: [1, 2, 3, 4, 5, 6, 7, 8],
				});
				return {};
			},
			'CONCUR_UNAVAILABLE',
			'The request token could not be exchanged. Concur answered 500',
		],
		[
			'the network has one',
			(fake) => {
				fake.faults.set({ kind: 'resetBefore', scope: 'token', calls: [1, 2, 3, 4, 5, 6, 7, 8] });
				return {};
			},
			'CONCUR_NETWORK',
			'The connection broke',
		],
		[
			'there is no refresh token',
			() => ({ exchange: async () => ({ accessToken: 'a', lifetimeMs: 1 }) }),
			'CONCUR_UNEXPECTED_BODY',
			'gave no refresh token',
		],
		[
			'the tokens cannot be kept',
			() => ({ keep: () => Promise.reject(new Error('disk full: the-token')) }),
			'NOT_KEPT',
			"The traveler's tokens could not be kept.",
		],
	])('%s', async (_name, prepare, reasonCode, reason) => {
		const { fake, supplier, request, truth } = await openOne();
		const run = supplier.run(prepare(fake));
		const response = await run.respond({ ...request, decision: 'matched' });
		expect(response).toMatchObject({
			status: 'CRRET',
			outcome: 'retryLater',
			attempt: 1,
			attemptsAllowed: 48,
			reasonCode,
			reason: containing(reason),
		});
		expect(truth.puts).toEqual(['CRRET']);
		expect(truth.emailsSent).toBe(0);
		const shown = inspect(response, { depth: 9 });
		for (const secret of [...fake.secrets(), 'the-token']) expect(shown).not.toContain(secret);
	});

	test('and comes back after an hour, to be connected with its new token', async () => {
		const { fake, supplier, request, truth } = await openOne();
		fake.clock.advance(25 * HOUR);
		await supplier.run().respond({ ...request, decision: 'matched' });
		fake.clock.advance(HOUR);
		const [again] = await supplier.read();
		if (!again) throw new Error('It is not back');
		expect(await supplier.run().respond({ ...again, decision: 'matched' })).toMatchObject({
			outcome: 'connected',
		});
		expect(truth.puts).toEqual(['CRRET', 'CRSUC']);
		expect(truth.emailsSent).toBe(1);
	});

	test.each<[string, (fake: FakeConcur) => RespondOptions['exchange'], string]>([
		[
			'the app is refused',
			(fake) => (request) =>
				exchangeRequestToken(
					{ baseUrl: fake.baseUrl, clientId: fake.credentials.clientId, clientSecret: 'wrong' },
					request,
				),
			'CONCUR_AUTH_CLIENT',
		],
		[
			'there is no user ID',
			(fake) => (request) => exchangeAt(fake)({ ...request, userId: null }),
			'INVALID_PARAMETER',
		],
	])('but where it would be so for every traveler, nothing is put: %s', async (_name, to, code) => {
		const { fake, supplier, request, truth } = await openOne();
		const run = supplier.run({ exchange: to(fake) });
		const failure = await failureOf(run.respond({ ...request, decision: 'matched' }));
		expect(failure).toMatchObject({ code });
		expect(truth.puts).toEqual([]);
	});
});

describe('Everything that waits is answered, once per entry of the queue,', () => {
	const kinds = ['queue', 'lease', 'status'] as const;
	const seeds = Array.from({ length: 8 }, (_, n) => TEST_SEED + n);
	const cases = kinds.flatMap((kind) => seeds.map((seed) => [kind, seed] as const));

	test.each(cases)(
		'from a %s, with lost answers, broken exchanges and newcomers, seed %i',
		async (connectionQueue, seed) => {
			const random = new Random(seed, 41);
			const fake = await startFakeOnly({
				seed,
				connectionQueue,
				connectionRequests: random.between(1, 26),
				requests: 0,
			});
			const remembers = random.chance(0.5);
			const store = {};
			const supplier = openSupplier(fake);
			fake.faults.set(
				{ kind: 'resetAfter', method: 'PUT', probability: 0.2 },
				// What a lease has shown and nobody has answered is not shown again for a day.
				{
					kind: 'resetBefore',
					method: 'PUT',
					probability: connectionQueue === 'lease' ? 0 : 0.1,
				},
				{ kind: 'resetAfter', scope: 'token', probability: 0.2 },
				{ kind: 'serverError', method: 'GET', probability: 0.1 },
			);
			const newcomer = () => {
				fake.connections.add(random.pick(fake.world.users), fake.clock.now().getTime());
			};
			let newcomers = random.between(5, 15);
			for (let round = 0; putsOf(fake).includes(0) || newcomers > 0; round++) {
				expect(round).toBeLessThan(40);
				const waiting = await supplier.read();
				const run = supplier.run(remembers ? { ledger: createAttemptLedger(store) } : {});
				for (const request of waiting) {
					if (newcomers > 0 && random.chance(0.4)) {
						newcomer();
						newcomers--;
					}
					const decision = random.pick(decisions);
					const response = await run.respond({ ...request, decision }).catch(expectUnknown);
					if (response) expect(response.outcome).not.toBe('alreadyAnswered');
				}
				if (waiting.length === 0 && newcomers > 0) {
					newcomer();
					newcomers--;
				}
			}
			expect(Math.max(...putsOf(fake))).toBe(1);
			for (const { puts, emailsSent } of fake.connections.all) {
				expect(emailsSent).toBe(puts[0] === undefined || puts[0] === 'CRRET' ? 0 : 1);
			}
			expect(Math.min(...putsOf(fake))).toBe(1);
		},
	);

	function expectUnknown(error: unknown): undefined {
		expect(error).toBeInstanceOf(OutcomeUnknownError);
	}
});

describe('A run that dies', () => {
	const after = (fake: FakeConcur, break_: () => void): RespondOptions['exchange'] => {
		const exchange = exchangeAt(fake);
		return async (request) => {
			const grant = await exchange(request);
			break_();
			return grant;
		};
	};
	const deaths: [string, (fake: FakeConcur) => RespondOptions['exchange'], string[]][] = [
		[
			'before the exchange',
			(fake) => async () => {
				fake.faults.set({ kind: 'resetBefore', scope: 'both' });
				throw new Error('dead');
			},
			[],
		],
		[
			'in the exchange, with the network',
			(fake) => (request) => {
				fake.faults.set({ kind: 'resetBefore', scope: 'both' });
				return exchangeAt(fake)(request);
			},
			[],
		],
		[
			'between exchange and PUT',
			(fake) => after(fake, () => fake.faults.set({ kind: 'resetBefore', scope: 'both' })),
			[],
		],
		[
			'after the PUT, its answer lost',
			(fake) => after(fake, () => fake.faults.set({ kind: 'resetAfter' })),
			['CRSUC'],
		],
	];
	const cases = deaths.flatMap(([name, exchange, puts]) =>
		[true, false].map((saved) => [name, saved, exchange, puts] as const),
	);

	test.each(cases)(
		'%s, state saved: %s, is finished by the next one with one PUT and one e-mail',
		async (_name, saved, exchange, putsThen) => {
			const { fake, supplier, request, truth } = await openOne();
			const store = {};
			const dying = supplier.run({ exchange: exchange(fake), ledger: createAttemptLedger(store) });
			// What comes out does not matter: a killed process has no output.
			await dying.respond({ ...request, decision: 'matched' }).catch(() => undefined);
			expect(truth.puts).toEqual(putsThen);

			fake.faults.clear();
			const ledger = createAttemptLedger(saved ? store : {});
			for (const waiting of await supplier.read()) {
				await supplier.run({ ledger }).respond({ ...waiting, decision: 'matched' });
			}
			expect(truth.puts).toEqual(['CRSUC']);
			expect(truth.emailsSent).toBe(1);
		},
	);

	test.each(decisions)(
		'and is repeated with what it had read, puts %s once where the state was saved',
		async (decision) => {
			const { fake, supplier, request, truth } = await openOne();
			const store = {};
			const run = (ledger = createAttemptLedger(store)) =>
				supplier.run({ ledger }).respond({ ...request, decision });
			const first = await run();
			expect(await run()).toMatchObject({
				outcome: 'alreadyAnswered',
				status: first.status,
				attempt: first.attempt,
			});
			// Nor where the outcome of the first PUT was not known.
			fake.faults.set({ kind: 'resetAfter', method: 'PUT' });
			expect(await run()).toMatchObject({ outcome: 'alreadyAnswered' });
			expect(truth.puts).toHaveLength(1);
		},
	);

	test.each<['resetAfter' | 'resetBefore', string, number]>([
		['resetAfter', 'alreadyAnswered', 1],
		['resetBefore', 'refused', 1],
	])(
		'in the PUT with %s is looked up before anything is put again',
		async (kind, outcome, puts) => {
			const { fake, supplier, request, truth } = await openOne();
			const store = {};
			fake.faults.set({ kind });
			const decided = { ...request, decision: 'notFound' } as const;
			const run = () => supplier.run({ ledger: createAttemptLedger(store) }).respond(decided);
			expect(await failureOf(run())).toBeInstanceOf(OutcomeUnknownError);
			// While nothing can be read nothing is put.
			expect(await failureOf(run())).not.toBeInstanceOf(OutcomeUnknownError);
			fake.faults.clear();
			expect(await run()).toMatchObject({ outcome, attempt: 1 });
			expect(truth.puts).toHaveLength(puts);
		},
	);

	test('with the outcome of CRSUC unknown still hands out the tokens', async () => {
		const { fake, supplier, request } = await openOne();
		const exchange = after(fake, () => fake.faults.set({ kind: 'resetBefore' }));
		const response = await supplier.run({ exchange }).respond({ ...request, decision: 'matched' });
		expect(response).toMatchObject({
			outcome: 'unknown',
			reasonCode: 'CONCUR_OUTCOME_UNKNOWN',
			grant: { refreshToken: expect.any(String) },
		});
	});

	test('and is looked up is finished with the request token that this makes', async () => {
		const { fake, supplier, request, truth } = await openOne();
		const store = {};
		const run = () =>
			supplier
				.run({ ledger: createAttemptLedger(store) })
				.respond({ ...request, decision: 'matched' });
		fake.faults.set({ kind: 'resetBefore', method: 'PUT' });
		expect(await run()).toMatchObject({ outcome: 'unknown' });
		fake.faults.clear();
		fake.clock.advance(25 * HOUR);
		// By now the token that was read first is dead.
		expect(await run()).toMatchObject({ outcome: 'connected' });
		expect(truth.puts).toEqual(['CRSUC']);
	});

	test('at a request that is refused leaves no trace in the ledger', async () => {
		const { supplier } = await openOne();
		const store = {};
		const run = supplier.run({ ledger: createAttemptLedger(store) });
		const failure = await failureOf(run.respond({ id: 'nobody', decision: 'notFound' }));
		expect(failure).toMatchObject({ code: 'CONCUR_NOT_FOUND' });
		expect(store).toEqual({ connectionRequests: {} });
	});
});

describe('Attempts are counted', () => {
	afterEach(() => {
		jest.restoreAllMocks();
	});

	/** Moves the clock of both sides, as time does. */
	function passTime(): (ms: number) => void {
		const realNow = Date.now.bind(Date);
		let passed = 0;
		jest.spyOn(Date, 'now').mockImplementation(() => realNow() + passed);
		return (ms) => {
			passed += ms;
		};
	}

	test.each<[MatchDecision, number, number, 'both' | 'server']>([
		['notFound', 24, 4, 'both'],
		['notFound', 24, 4, 'server'],
		['tryAgainLater', 1, 48, 'both'],
		['tryAgainLater', 1, 48, 'server'],
	])(
		'%s: comes back after %i h, %i times, by the clock of %s',
		async (decision, hours, allowed, clock) => {
			const pass = clock === 'both' ? passTime() : undefined;
			const { fake, supplier, truth } = await openOne();
			const store = {};
			const responses: ConnectionResponse[] = [];
			for (;;) {
				const [request] = await supplier.read();
				if (!request) break;
				const run = supplier.run({ ledger: createAttemptLedger(store) });
				responses.push(await run.respond({ ...request, decision }));
				expect(await supplier.read()).toEqual([]);
				if (pass) pass(hours * HOUR);
				else fake.clock.advance(hours * HOUR);
			}
			expect(truth.final).toBe(true);
			// It is back so many times after the first answer, and never again.
			expect(responses.map(({ attempt }) => attempt)).toEqual(
				Array.from({ length: allowed + 1 }, (_, n) => n + 1),
			);
			expect(responses.map(({ lastAttempt }) => lastAttempt)).toEqual(
				Array.from({ length: allowed + 1 }, (_, n) => n + 1 >= allowed),
			);
			expect(responses.every(({ outcome }) => outcome !== 'alreadyAnswered')).toBe(true);
			if (clock === 'both') expect(countCalls(fake, 'GET', BY_ID)).toBe(0);
		},
	);

	test('by kind: retries and refusals have limits of their own', async () => {
		const pass = passTime();
		const { supplier } = await openOne();
		const store = {};
		const counts: unknown[] = [];
		for (const decision of [
			'tryAgainLater',
			'notFound',
			'tryAgainLater',
			'needsAttention',
		] as const) {
			const [request] = await supplier.read();
			if (!request) throw new Error('It is not back');
			const run = supplier.run({ ledger: createAttemptLedger(store) });
			const { attempt, attemptsAllowed } = await run.respond({ ...request, decision });
			counts.push([attempt, attemptsAllowed]);
			pass(24 * HOUR);
		}
		expect(counts).toEqual([
			[1, 48],
			[1, 4],
			[2, 48],
			[2, 4],
		]);
	});

	test.each([
		[undefined, 1, false],
		[2, 3, false],
		[3, 4, true],
		[7, 8, true],
	])('by the caller too: %s so far', async (attemptsSoFar, attempt, lastAttempt) => {
		const { supplier, request } = await openOne();
		const decided = { ...request, decision: 'notFound', attemptsSoFar } as const;
		expect(await supplier.run().respond(decided)).toMatchObject({ attempt, lastAttempt });
	});

	test('also where it was never known whether Concur took one, once it is back', async () => {
		const pass = passTime();
		const { fake, supplier, request, truth } = await openOne();
		const store = {};
		const run = (one: ConnectionRequest) =>
			supplier
				.run({ ledger: createAttemptLedger(store) })
				.respond({ ...one, decision: 'notFound' });
		fake.faults.set({ kind: 'resetAfter' });
		await failureOf(run(request));
		fake.faults.clear();
		pass(24 * HOUR);
		const [again] = await supplier.read();
		if (!again) throw new Error('It is not back');
		expect(await run(again)).toMatchObject({ outcome: 'refused', attempt: 2 });
		expect(truth.puts).toEqual(['CREU1', 'CREU1']);
	});
});

describe('Two items for one request', () => {
	test('are answered once', async () => {
		const { supplier, request, truth } = await openOne();
		const run = supplier.run();
		const decided = { ...request, decision: 'matched' } as const;
		const [first, ...others] = await Promise.all([
			run.respond(decided),
			run.respond(decided),
			run.respond({ ...decided, id: ` ${request.id.toUpperCase()}` }),
		]);
		expect(first).toMatchObject({ outcome: 'connected' });
		for (const other of others) {
			expect(other).toMatchObject({ outcome: 'alreadyAnswered', status: 'CRSUC' });
			expect(other).not.toHaveProperty('grant');
		}
		expect(truth.puts).toEqual(['CRSUC']);
	});

	test('share a failure: the second does not try again', async () => {
		const { fake, supplier, request } = await openOne();
		const run = supplier.run();
		fake.faults.set({ kind: 'resetBefore', method: 'PUT' });
		const decided = { ...request, decision: 'notFound' } as const;
		const failure = await failureOf(run.respond(decided));
		expect(await failureOf(run.respond(decided))).toBe(failure);
		expect(countCalls(fake, 'PUT', /./)).toBe(1);
	});

	test('may not contradict each other', async () => {
		const { supplier, request, truth } = await openOne();
		const run = supplier.run();
		await run.respond({ ...request, decision: 'notFound' });
		const failure = await failureOf(run.respond({ ...request, decision: 'matched' }));
		expect(failure).toBeInstanceOf(ConfigurationError);
		expect(truth.puts).toEqual(['CREU1']);
	});

	test('that contradict each other are found beforehand, and only they', () => {
		const found = findContradictions([
			{ id: 'A', decision: 'matched' },
			{ id: 'B', decision: 'notFound' },
			{ id: 'A', decision: 'notFound' },
			{ id: 'B', decision: 'notFound' },
		]);
		const message =
			'The connection request A has decisions that contradict each other: matched, notFound.';
		expect(found).toMatchObject([{ message }, undefined, { message }, undefined]);
		expect(found[1]).toBeUndefined();
	});
});

describe('The ledger', () => {
	const fill = (ledger: AttemptLedger, id: string, at: number) =>
		ledger.write(id, { refusals: 1, retries: 0, last: { status: 'CREU1', at, sure: true } });

	test('keeps what it is told in one member of what is stored as JSON', () => {
		const store = { other: 1 };
		fill(createAttemptLedger(store), 'A', 5);
		fill(createAttemptLedger(store), '__proto__', 6);
		const copy: Record<string, unknown> = JSON.parse(JSON.stringify(store));
		expect(Object.keys(copy)).toEqual(['other', 'connectionRequests']);
		const ledger = createAttemptLedger(copy);
		expect(ledger.read('A')).toEqual({
			refusals: 1,
			retries: 0,
			last: { status: 'CREU1', at: 5, sure: true },
		});
		expect(ledger.read('__proto__')?.last.at).toBe(6);
		expect(ledger.read('toString')).toBeUndefined();
	});

	test.each([
		undefined,
		null,
		'text',
		{ A: null },
		{ A: { refusals: -1, retries: 0, last: { status: 'CREU1', at: 1, sure: true } } },
		{ A: { refusals: 1, retries: 0, last: { status: 'toString', at: 1, sure: true } } },
	])('takes %j for nothing', (connectionRequests) => {
		expect(createAttemptLedger({ connectionRequests }).read('A')).toBeUndefined();
	});

	test('drops what is older than 30 days, and the oldest above 1,000', () => {
		const store = {};
		const ledger = createAttemptLedger(store);
		const start = 40 * 24 * HOUR;
		fill(ledger, 'ancient', start - 31 * 24 * HOUR);
		for (let n = 0; n < 1_100; n++) fill(ledger, `id-${n}`, start + n);
		const again = createAttemptLedger(store);
		for (const gone of ['ancient', 'id-0', 'id-99']) expect(again.read(gone)).toBeUndefined();
		for (const kept of ['id-100', 'id-1099']) expect(again.read(kept)).toBeDefined();
		expect(JSON.stringify(store).length).toBeLessThan(120_000);
	});

	test('holds no secret', async () => {
		const { fake, supplier, request } = await openOne();
		const store = {};
		const run = supplier.run({ ledger: createAttemptLedger(store) });
		await run.respond({ ...request, decision: 'matched' });
		const text = JSON.stringify(store);
		for (const secret of fake.secrets()) expect(text).not.toContain(secret);
		expect(text).toContain(request.id);
	});
});
