import { generateKeyPairSync } from 'node:crypto';
import { NodeApiError, NodeOperationError, type INodeParameters } from 'n8n-workflow';
import { SapConcurEventTrigger } from '../../nodes/SapConcurEventTrigger/SapConcurEventTrigger.node';
import { openEventScene, type EventScene } from '../support/n8n/event-scene';
import { searchList } from '../support/n8n/load-options';
import { formFor } from '../support/n8n/run-concur';

let scene: EventScene;
beforeEach(async () => {
	scene = await openEventScene();
});

const OUR_ID = /^n8n-nodes-sap-concur\.[0-9a-f]{32}$/;

function subscriptions() {
	return [...scene.fake.events.subscriptions.values()];
}

/** Calls of the Event Subscription Service since the last time. */
function calls(): string[] {
	return scene.fake.calls
		.splice(0)
		.filter(({ path }) => path.startsWith('/events/'))
		.map(({ method, path }) => `${method} ${path.replace('/events/v4/subscriptions', '')}`);
}

function subscribeBy(id: string, endpoint = 'https://example.com/push'): void {
	const topic = 'public.concur.request';
	scene.fake.events.subscriptions.set(id, { id, topic, filter: undefined, endpoint });
}

/** What n8n shows of a failure. */
async function shown(promise: Promise<unknown>): Promise<string> {
	const error: unknown = await promise.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		return `${error.message} | ${error.description ?? ''}`;
	}
	throw new Error('It has not failed as nodes do', { cause: error });
}

describe('publishing', () => {
	it('subscribes to travel requests of every kind', async () => {
		expect(await scene.bench.activate()).toBe(true);
		expect(subscriptions()).toEqual([
			{
				id: expect.stringMatching(OUR_ID),
				topic: 'public.concur.request',
				filter: undefined,
				endpoint: scene.bench.url,
			},
		]);
		expect(JSON.parse(scene.bench.savedStaticData)).toEqual({
			'node:sapConcurEventTrigger': {
				subscription: { id: subscriptions()[0]?.id, endpoint: scene.bench.url },
			},
		});
	});

	it('again finds the subscription and changes nothing', async () => {
		await scene.bench.activate();
		calls();
		expect(await scene.bench.activate()).toBe(false);
		expect(calls()).toEqual(['GET ']);
		// Also where n8n has lost what it stored.
		scene.bench.savedStaticData = '{}';
		expect(await scene.bench.activate()).toBe(false);
		expect(subscriptions()).toHaveLength(1);
		expect(scene.bench.savedStaticData).toContain('subscription');
	});

	it.each<[string, INodeParameters, object]>([
		[
			'one status',
			{ statusChanges: ['APPROVED'] },
			{ filter: String.raw`^statusChange\.(APPROVED)$` },
		],
		[
			'several',
			{ statusChanges: ['SENTBACK', 'PENDING', 'PENDING.TMC'] },
			{ filter: String.raw`^statusChange\.(SENTBACK|PENDING(\..+)?|PENDING\.TMC)$` },
		],
		[
			'an own pattern',
			{ statusChanges: ['APPROVED'], options: { eventTypePattern: ' .*TMC ' } },
			{ filter: '.*TMC' },
		],
	])('after a change to %s brings the one subscription up to date', async (_, change, expected) => {
		await scene.bench.activate();
		Object.assign(scene.bench.parameters, change);
		expect(await scene.bench.activate()).toBe(true);
		expect(subscriptions()).toHaveLength(1);
		expect(subscriptions()[0]).toMatchObject(expected);
		expect(await scene.bench.activate()).toBe(false);
	});

	it('brings only those events that were asked for', async () => {
		const { bench, fake } = scene;
		bench.parameters['statusChanges'] = ['APPROVED', 'PENDING'];
		await bench.activate();
		const id = scene.request();
		for (const step of ['submit', 'recall', 'submit', 'sendback', 'submit', 'approve'] as const) {
			fake.world.act(id, step);
		}
		await fake.events.settled();
		expect(
			bench.executions
				.flat()
				.map((item) => item['eventType'])
				.sort(),
		).toEqual([
			'statusChange.APPROVED',
			'statusChange.PENDING.RequestManager',
			'statusChange.PENDING.RequestManager',
			'statusChange.PENDING.RequestManager',
		]);
	});

	it('takes away what an earlier import of the workflow has left, and nothing else', async () => {
		const leftover = `n8n-nodes-sap-concur.${'0'.repeat(32)}`;
		subscribeBy(leftover, scene.bench.url);
		subscribeBy('made-by-hand', scene.bench.url);
		subscribeBy(`n8n-nodes-sap-concur.${'1'.repeat(32)}`);
		await scene.bench.activate();
		expect(subscriptions().map(({ id }) => id)).toEqual([
			'made-by-hand',
			`n8n-nodes-sap-concur.${'1'.repeat(32)}`,
			expect.stringMatching(OUR_ID),
		]);
		// One that turns up beside the right one goes as well.
		subscribeBy(leftover, scene.bench.url);
		expect(await scene.bench.activate()).toBe(true);
		expect(subscriptions().map(({ id }) => id)).not.toContain(leftover);
	});

	it('moves the subscription along with n8n', async () => {
		await scene.bench.activate();
		const [before] = subscriptions();
		scene.bench.moveTo('https://n8n.example.com');
		await scene.bench.activate();
		expect(subscriptions()).toHaveLength(1);
		expect(subscriptions()[0]?.endpoint).toMatch(/^https:\/\/n8n\.example\.com\/webhook\//);
		expect(subscriptions()[0]?.id).not.toBe(before?.id);
	});

	it('gives each workflow a subscription of its own', async () => {
		await scene.bench.activate();
		await (await scene.another()).activate();
		expect(new Set(subscriptions().map(({ id }) => id)).size).toBe(2);
	});

	it('tells of an app that has all its subscriptions', async () => {
		for (const n of [1, 2, 3, 4, 5]) subscribeBy(`other-${n}`);
		expect(await shown(scene.bench.activate())).toBe(
			'The app has 5 subscriptions already, and Concur allows 5. | Deactivate a workflow that no longer needs its events, or have one of these deleted: ' +
				[1, 2, 3, 4, 5].map((n) => `other-${n} (https://example.com/push)`).join(', ') +
				'. Concur answered 400 badRequest to PUT /events/v4/subscriptions/webhook: the application has too many subscriptions.',
		);
		expect(subscriptions()).toHaveLength(5);
		// Its own leftover makes room.
		scene.fake.events.subscriptions.delete('other-5');
		subscribeBy(`n8n-nodes-sap-concur.${'0'.repeat(32)}`, scene.bench.url);
		expect(await scene.bench.activate()).toBe(true);
	});

	it('may be repeated where the answer was lost', async () => {
		scene.fake.faults.set({ kind: 'resetAfter', method: 'PUT', times: 1 });
		expect(await scene.bench.activate()).toBe(true);
		expect(subscriptions()).toHaveLength(1);
	});
});

describe('a parameter that cannot be', () => {
	const keyOf = (bits: number) =>
		generateKeyPairSync('rsa', { modulusLength: bits })
			.publicKey.export({ type: 'spki', format: 'pem' })
			.toString();
	const privateKey = () =>
		generateKeyPairSync('rsa', { modulusLength: 2048 })
			.privateKey.export({ type: 'pkcs8', format: 'pem' })
			.toString();
	const curve = () =>
		generateKeyPairSync('ec', { namedCurve: 'P-256' })
			.publicKey.export({ type: 'spki', format: 'pem' })
			.toString();
	const AAAA = '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----';

	it.each<[string, () => INodeParameters, RegExp]>([
		['no key', () => ({ publicKey: '' }), /^The public key is not in the PEM format\. \| Copy it/],
		['a word for a key', () => ({ publicKey: 'key' }), /^The public key is not in the PEM/],
		['a torn key', () => ({ publicKey: AAAA }), /^The public key cannot be read\. \| Copy it/],
		[
			'a certificate',
			() => ({ publicKey: AAAA.replaceAll('PUBLIC KEY', 'CERTIFICATE') }),
			/^The public key is a certificate/,
		],
		['a private key', () => ({ publicKey: privateKey() }), /^The public key is a private one/],
		['a short key', () => ({ publicKey: keyOf(1024) }), /^The public key has fewer than 2048/],
		['a key of a curve', () => ({ publicKey: curve() }), /^The public key is not an RSA key/],
		['no topic', () => ({ topic: { __rl: true, mode: 'id', value: '' } }), /'Topic' is empty/],
		[
			'a pattern that is none',
			() => ({ options: { eventTypePattern: '(' } }),
			/^The event type pattern is not valid\. \| Write a regular expression/,
		],
	])('%s is refused before anything is sent', async (_, change, expected) => {
		Object.assign(scene.bench.parameters, change());
		expect(await shown(scene.bench.activate())).toMatch(expected);
		expect(await shown(scene.bench.runHook('create'))).toMatch(expected);
		expect(calls()).toEqual([]);
	});

	it('and no key at all is needed where signatures are not verified', async () => {
		Object.assign(scene.bench.parameters, { publicKey: '', verifySignature: false });
		expect(await scene.bench.activate()).toBe(true);
	});
});

describe('taking back', () => {
	it('deletes the subscription and forgets it', async () => {
		await scene.bench.activate();
		await scene.bench.deactivate();
		expect(subscriptions()).toEqual([]);
		expect(JSON.parse(scene.bench.savedStaticData)).toEqual({ 'node:sapConcurEventTrigger': {} });
		expect(await scene.bench.activate()).toBe(true);
	});

	it('finds it where it was, also after n8n has moved', async () => {
		await scene.bench.activate();
		scene.bench.moveTo('https://n8n.example.com');
		await scene.bench.deactivate();
		expect(subscriptions()).toEqual([]);
	});

	it('does not mind that it is gone already', async () => {
		await scene.bench.activate();
		scene.fake.events.subscriptions.clear();
		await scene.bench.deactivate();
		scene.bench.savedStaticData = '{}';
		await scene.bench.deactivate();
	});

	it('finds it by its address where n8n has lost what it stored', async () => {
		await scene.bench.activate();
		scene.bench.savedStaticData = '{}';
		await scene.bench.deactivate();
		expect(subscriptions()).toEqual([]);
	});

	it('says so where Concur refuses', async () => {
		await scene.bench.activate();
		scene.fake.quirks.grantedScopes = 'travelrequest.write';
		expect(await shown(scene.bench.deactivate())).toMatch(
			/^Concur answered 403 .+ \| Sign in as the app itself/,
		);
		expect(scene.bench.savedStaticData).toContain('n8n-nodes-sap-concur.');
	});
});

describe('listening for a test event', () => {
	it('has a subscription of its own, which ends with it', async () => {
		await scene.bench.activate();
		const [published] = subscriptions();
		expect(await scene.bench.listen()).toBe(true);
		expect(subscriptions().map(({ endpoint }) => endpoint)).toEqual([
			scene.bench.url,
			scene.bench.testUrl,
		]);
		const stored = scene.bench.savedStaticData;
		await scene.bench.stopListening();
		expect(subscriptions()).toEqual([published]);
		expect(scene.bench.savedStaticData).toBe(stored);
		expect(await scene.bench.activate()).toBe(false);
	});

	it('leaves the published one alone, also after n8n has moved', async () => {
		await scene.bench.activate();
		const [published] = subscriptions();
		scene.bench.moveTo('https://n8n.example.com');
		await scene.bench.listen();
		await scene.bench.stopListening();
		expect(subscriptions()).toEqual([published]);
	});
});

describe('refusals', () => {
	it('tell a user that only the app may subscribe', async () => {
		scene.store.update(
			scene.credential,
			formFor(scene.fake, {
				grant: 'password',
				username: scene.fake.credentials.username,
				password: scene.fake.credentials.password,
			}),
		);
		expect(await shown(scene.bench.activate())).toMatch(
			/^Concur answered 403 .+ \| Sign in as the app itself, with Client Credentials.+events\.topic\.read.+Correlation ID/,
		);
	});

	it('name the topic that the app may not read', async () => {
		scene.fake.quirks.grantedScopes = 'events.topic.read';
		expect(await shown(scene.bench.activate())).toMatch(/public\.concur\.request.+scopes/);
	});
});

describe('the list of topics', () => {
	it.each([
		[undefined, ['public.concur.request']],
		['REQUEST', ['public.concur.request']],
		['expense', []],
	])('for %p', async (filter, expected) => {
		const { results } = await searchList({
			nodeType: new SapConcurEventTrigger(),
			store: scene.store,
			credentials: { sapConcurApi: scene.credential },
			method: 'searchTopics',
			parameters: { authentication: 'sapConcurApi' },
			...(filter !== undefined && { filter }),
		});
		expect(results.map(({ value }) => value)).toEqual(expected);
	});
});
