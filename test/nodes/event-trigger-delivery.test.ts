import { constants, generateKeyPairSync, sign } from 'node:crypto';
import { openEventScene, sampleEvent, type EventScene } from '../support/n8n/event-scene';
import type { WebhookAnswer } from '../support/n8n/webhook-node';

let scene: EventScene;
beforeEach(async () => {
	scene = await openEventScene();
});

const BODY = JSON.stringify(sampleEvent());

/** Posts a body that Concur has signed. */
function postSigned(body: string, headers: Record<string, string> = {}): Promise<WebhookAnswer> {
	const signature = scene.fake.events.sign(body);
	return scene.bench.post(body, { 'concur-signature': signature, ...headers });
}

function postSignature(signature: string): Promise<WebhookAnswer> {
	return scene.bench.post(BODY, { 'concur-signature': signature });
}

const SILENT_401 = { status: 401, body: '' };

describe('signatures', () => {
	it('starts the workflow for an event that Concur has signed', async () => {
		expect(await postSigned(BODY)).toEqual({ status: 200, body: '' });
		expect(scene.bench.executions).toHaveLength(1);
	});

	it('holds them against the very bytes that came', async () => {
		const body =
			'{ "id" : "a", "eventType":"statusChange.APPROVED",\n "facts":{"name":"Zo\\u00eb 山田"}}';
		expect((await postSigned(body)).status).toBe(200);
		expect(scene.bench.executions).toHaveLength(1);
	});

	it('takes a key whose line breaks were lost', async () => {
		scene.bench.parameters['publicKey'] = scene.fake.events.publicKey.replaceAll('\n', ' ');
		expect((await postSigned(BODY)).status).toBe(200);
		scene.bench.parameters['publicKey'] = scene.fake.events.publicKey.replaceAll('\n', '\\n');
		expect((await postSigned(JSON.stringify(sampleEvent({ id: 'b' })))).status).toBe(200);
		expect(scene.bench.executions).toHaveLength(2);
	});

	it('takes PSS with a short salt too', async () => {
		const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
		scene.bench.parameters['publicKey'] = publicKey
			.export({ type: 'spki', format: 'pem' })
			.toString();
		const padding = constants.RSA_PKCS1_PSS_PADDING;
		const signature = sign('sha256', Buffer.from(BODY), {
			key: privateKey,
			padding,
			saltLength: 32,
		});
		expect((await postSignature(signature.toString('base64'))).status).toBe(200);
	});

	const good = () => scene.fake.events.sign(BODY);
	const refused: readonly (readonly [string, () => string | undefined])[] = [
		['none', () => undefined],
		['an empty one', () => ''],
		['that of another body', () => scene.fake.events.sign(`${BODY} `)],
		['one by the older padding', () => scene.fake.events.sign(BODY, 'RSA-PKCS1-v1_5')],
		['one that was cut', () => Buffer.from(good(), 'base64').subarray(0, 200).toString('base64')],
		[
			'one with a byte too many',
			() => Buffer.concat([Buffer.from(good(), 'base64'), Buffer.of(0)]).toString('base64'),
		],
		['one that is not base64', () => '§ not base64 §'],
		['one in the URL alphabet or with a comment', () => `${good()}.`],
		['one without its padding', () => good().replace(/=+$/, '')],
		['the same one twice', () => `${good()}, ${good()}`],
		['one of zeros', () => Buffer.alloc(256).toString('base64')],
		[
			'that of another key',
			() => {
				const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
				const padding = constants.RSA_PKCS1_PSS_PADDING;
				return sign('sha256', Buffer.from(BODY), { key: privateKey, padding }).toString('base64');
			},
		],
	];
	it.each(refused)('refuses %s without a word', async (_, make) => {
		const signature = make();
		const headers =
			signature === undefined
				? {}
				: { 'concur-signature': Buffer.from(signature).toString('latin1') };
		expect(await scene.bench.post(BODY, headers)).toEqual(SILENT_401);
		expect(scene.bench.executions).toEqual([]);
		// The right one is not held against an event that somebody else has sent before.
		expect((await postSigned(BODY)).status).toBe(200);
	});

	it('refuses a body that was changed on the way', async () => {
		const signature = scene.fake.events.sign(BODY);
		const tampered = BODY.replace('LLU9', 'LLU8');
		expect(await scene.bench.post(tampered, { 'concur-signature': signature })).toEqual(SILENT_401);
		expect(await scene.bench.post('', { 'concur-signature': signature })).toEqual(SILENT_401);
		expect(scene.bench.executions).toEqual([]);
	});

	it.each([
		['no key', ''],
		['nonsense', 'nonsense'],
		['a torn key', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
	])('refuses everything where the key is %s', async (_, publicKey) => {
		scene.bench.parameters['publicKey'] = publicKey;
		expect(await postSigned(BODY)).toEqual(SILENT_401);
	});

	it('takes the older padding, and only that, where it is chosen', async () => {
		scene.bench.parameters['options'] = { signatureAlgorithm: 'RSA-PKCS1-v1_5' };
		expect(await postSigned(BODY)).toEqual(SILENT_401);
		expect((await postSignature(scene.fake.events.sign(BODY, 'RSA-PKCS1-v1_5'))).status).toBe(200);
	});

	it('takes unsigned events only where the user has switched the check off', async () => {
		scene.bench.parameters['verifySignature'] = false;
		expect((await scene.bench.post(BODY)).status).toBe(200);
		expect(scene.bench.executions).toHaveLength(1);
	});
});

describe('events', () => {
	it('come flat, with booleans that are booleans', async () => {
		await postSigned(BODY);
		expect(scene.bench.executions).toEqual([
			[
				{
					eventId: 'c19290aa-6eba-4f22-9736-ffc9ddfa8e7b',
					eventType: 'statusChange.PENDING.RequestManager',
					timeStamp: '2019-01-04T14:06:07.117Z',
					requestUuid: '61BA94410046F747910760EA925A7CE6',
					requestId: 'LLU9',
					status: 'PendingRequestManagerApproval',
					role: 'RequestManager',
					userId: '6136f053-0cfc-49a4-80d2-e20383c27215',
					recipientId: '55b671dd-ee55-4817-a228-90f5077ec61c',
					isClosed: false,
					isRecall: false,
					facts: {
						...Object(sampleEvent()['facts']),
						isClosed: false,
						isTest: false,
						isRecall: false,
						isPaymentCardRelated: true,
					},
				},
			],
		]);
	});

	it('come whole where that is wanted; real booleans stay', async () => {
		scene.bench.parameters['simplify'] = false;
		const event = sampleEvent({ groups: ['a'], extra: { n: 1 } }, { isClosed: true });
		await postSigned(JSON.stringify(event));
		expect(scene.bench.executions[0]).toEqual([
			{
				...event,
				facts: {
					...Object(event['facts']),
					isClosed: true,
					isTest: false,
					isRecall: false,
					isPaymentCardRelated: true,
				},
			},
		]);
	});

	it.each([
		['no JSON', 'text/plain', 'nothing', 400],
		['no JSON, by its own account', 'application/json', '{', 422],
		['no object', 'application/json', '[]', 400],
		['without an ID', 'application/json', '{"eventType":"statusChange.APPROVED"}', 400],
		['not UTF-8', 'text/plain', '', 400],
	])('are refused for good where they are %s', async (what, type, text, status) => {
		const body = what === 'not UTF-8' ? Buffer.from([0x7b, 0xff, 0x7d]) : Buffer.from(text);
		const answer = await scene.bench.post(body, {
			'content-type': type,
			'concur-signature': scene.fake.events.sign(body),
		});
		expect(answer.status).toBe(status);
		expect(scene.bench.executions).toEqual([]);
	});

	it('of a type not asked for are dropped on arrival where that is wanted', async () => {
		scene.bench.parameters['statusChanges'] = ['APPROVED', 'PENDING.TMC'];
		const send = (id: string, eventType: string) =>
			postSigned(JSON.stringify(sampleEvent({ id, eventType })));
		await send('1', 'statusChange.SENTBACK');
		expect(scene.bench.executions).toHaveLength(1);
		scene.bench.parameters['options'] = { filterOnArrival: true };
		expect(await send('2', 'statusChange.SENTBACK')).toEqual({ status: 200, body: '' });
		await send('3', 'statusChange.PENDING.TMC');
		await send('4', 'statusChange.APPROVED.LATER');
		await send('5', 'statusChange.APPROVED');
		expect(scene.bench.executions.flat().map((item) => item['eventId'])).toEqual(['1', '3', '5']);
		// An own pattern stands in their place.
		scene.bench.parameters['options'] = { filterOnArrival: true, eventTypePattern: '.*SENTBACK' };
		await send('6', 'statusChange.SENTBACK');
		await send('7', 'statusChange.APPROVED');
		expect(scene.bench.executions.flat().map((item) => item['eventId'])).toEqual([
			'1',
			'3',
			'5',
			'6',
		]);
	});
});

describe('fetching the full request', () => {
	const eventOf = (id: string) => JSON.stringify(sampleEvent({}, { id, userId: scene.traveler }));

	beforeEach(() => {
		scene.bench.parameters['fetchRequest'] = true;
	});

	it('adds it to the item', async () => {
		const id = scene.request();
		await postSigned(eventOf(id));
		expect(scene.bench.executions[0]).toMatchObject([
			{ requestUuid: id, request: { id, name: 'Training in Lyon', owner: { id: scene.traveler } } },
		]);
		expect(scene.fake.calls.at(-1)).toMatchObject({
			path: `/travelrequest/v4/requests/${id}`,
			userId: scene.traveler,
		});
	});

	it('starts the workflow all the same where it fails, and says why', async () => {
		expect((await postSigned(BODY)).status).toBe(200);
		expect(scene.bench.executions[0]).toMatchObject([
			{
				requestId: 'LLU9',
				request: null,
				fetchError: {
					message: expect.stringMatching(/^Concur answered 4\d\d/),
					description: expect.stringContaining('Correlation ID'),
				},
			},
		]);
	});

	it('asks Concur only for IDs, never for an address', async () => {
		await postSigned(JSON.stringify(sampleEvent({}, { id: '../users', href: scene.fake.trapUrl })));
		expect(scene.bench.executions[0]).toMatchObject([{ fetchError: { code: 'INVALID_ID' } }]);
		expect(scene.fake.trapped).toEqual([]);
	});

	it('tells of events that name no request', async () => {
		await postSigned(JSON.stringify(sampleEvent({ facts: {} })));
		expect(scene.bench.executions[0]).toMatchObject([{ fetchError: { code: 'NOT_A_REQUEST' } }]);
	});

	it('waits no longer than Concur does', async () => {
		const real = AbortSignal.timeout.bind(AbortSignal);
		const timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => real(ms / 100));
		try {
			scene.fake.faults.set({ kind: 'stallHeaders', scope: 'api' });
			expect((await postSigned(eventOf(scene.request()))).status).toBe(200);
			expect(timeout).toHaveBeenCalledWith(20_000);
			expect(scene.bench.executions[0]).toMatchObject([
				{
					request: null,
					fetchError: { code: 'CONCUR_TIMEOUT', message: expect.stringContaining('20 seconds') },
				},
			]);
		} finally {
			timeout.mockRestore();
		}
	});
});
