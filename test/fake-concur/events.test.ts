import { constants, verify } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { member, objects, startClient, stopAll, text, type Client, type Reply } from './client';

/** A receiver of events. */
interface Receiver {
	readonly url: string;
	readonly received: { readonly body: string; readonly headers: IncomingHttpHeaders }[];
	/** What it answers, by the number of the delivery; 200 unless told, 0 for no answer. */
	answers: number[];
}

interface ToldEvent {
	readonly id: string;
	readonly eventType: string;
	readonly facts: Readonly<Record<string, string>>;
}

const servers: Server[] = [];
afterAll(stopAll);
afterEach(() => {
	for (const server of servers.splice(0)) {
		server.close();
		server.closeAllConnections();
	}
});

async function startReceiver(): Promise<Receiver> {
	const receiver = { url: '', received: [] as Receiver['received'], answers: [] as number[] };
	const server = createServer((request, response) => {
		const chunks: Uint8Array[] = [];
		request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks).toString();
			const status = receiver.answers[receiver.received.length] ?? 200;
			receiver.received.push({ body, headers: request.headers });
			if (status === 0) request.socket.destroy();
			else response.writeHead(status).end();
		});
	});
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	receiver.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/push`;
	return receiver;
}

function subscribe(client: Client, id: string, endpoint: string, filter?: string): Promise<Reply> {
	return client.call('PUT', '/events/v4/subscriptions/webhook', {
		id,
		topic: 'public.concur.request',
		...(filter !== undefined && { filter }),
		webHookConfig: { endpoint },
	});
}

/** A world with one draft, and someone who wants to hear of it. */
async function startSubscribed(filter?: string) {
	const client = await startClient({ requests: 0 });
	const receiver = await startReceiver();
	await subscribe(client, 'test', receiver.url, filter);
	const { fake } = client;
	return { client, fake, receiver, id: fake.world.create({ name: 'Lyon' }) };
}

const ELSEWHERE = 'https://example.com/push';

describe('subscriptions', () => {
	it('are kept, shown, changed and deleted', async () => {
		const client = await startClient({ requests: 0 });
		await subscribe(client, 'a.1-b', ELSEWHERE, '.*APPROVED');
		const one = await client.get('/events/v4/subscriptions/a.1-b');
		expect(one.json).toEqual([
			{
				id: 'a.1-b',
				applicationId: client.fake.credentials.clientId,
				companyIds: [client.fake.credentials.companyId],
				topic: 'public.concur.request',
				filter: '.*APPROVED',
				scope: 'travelrequest.write',
				webHookConfig: { endpoint: ELSEWHERE },
			},
		]);
		await subscribe(client, 'a.1-b', `${ELSEWHERE}/2`);
		const all = await client.get('/events/v4/subscriptions');
		expect(text(all.json, 0, 'webHookConfig', 'endpoint')).toBe(`${ELSEWHERE}/2`);
		expect(member(all.json, 0, 'filter')).toBeNull();
		expect((await client.call('DELETE', '/events/v4/subscriptions/a.1-b')).status).toBe(200);
		expect((await client.call('DELETE', '/events/v4/subscriptions/a.1-b')).status).toBe(404);
		expect((await client.get('/events/v4/subscriptions')).json).toEqual([]);
	});

	it('are five at most', async () => {
		const client = await startClient({ requests: 0 });
		for (const n of [1, 2, 3, 4, 5]) {
			expect((await subscribe(client, `n${n}`, ELSEWHERE)).status).toBe(200);
		}
		expect((await subscribe(client, 'n6', ELSEWHERE)).status).toBe(400);
		expect((await subscribe(client, 'n5', ELSEWHERE)).status).toBe(200);
	});

	it.each([
		['an ID in capitals', { id: 'A' }],
		['an ID with a slash', { id: 'a/b' }],
		['no ID', { id: '' }],
		['a filter that is no pattern', { filter: '(' }],
		['an endpoint that is no address', { webHookConfig: { endpoint: 'push' } }],
		['no endpoint', { webHookConfig: {} }],
	])('are refused with %s', async (_, wrong) => {
		const client = await startClient({ requests: 0 });
		const body = {
			id: 'a',
			topic: 'public.concur.request',
			webHookConfig: { endpoint: ELSEWHERE },
		};
		const put = (more: object) =>
			client.call('PUT', '/events/v4/subscriptions/webhook', { ...body, ...more });
		expect((await put(wrong)).status).toBe(400);
		expect((await put({})).status).toBe(200);
	});

	it('need an app with the right scopes', async () => {
		const client = await startClient({ requests: 0 });
		const { quirks } = client.fake;
		quirks.grantedScopes = 'events.topic.read';
		expect((await client.get('/events/v4/topics')).json).toEqual([]);
		expect((await subscribe(client, 'a', ELSEWHERE)).status).toBe(403);
		quirks.grantedScopes = 'travelrequest.write';
		expect((await client.get('/events/v4/topics')).status).toBe(403);
		const user = await startClient({ requests: 0, tokenKind: 'user' });
		await user.logIn();
		const { status } = await user.get('/events/v4/topics');
		expect(status).toBe(403);
	});
});

describe('deliveries', () => {
	it('tell of workflow actions, and of nothing else', async () => {
		const { fake, receiver, id } = await startSubscribed();
		const { world, events } = fake;
		const [owner, approver] = world.users.map((user) => user.id);
		world.edit(id, { comment: 'x' });
		for (const step of [
			'submit',
			'sendback',
			'submit',
			'recall',
			'submit',
			'approve',
			'close',
			'reopen',
			'cancel',
		] as const) {
			world.act(id, step);
			await events.settled();
		}
		const told = receiver.received.map(({ body }) => JSON.parse(body) as ToldEvent);
		expect(told.map(({ eventType }) => eventType.replace('statusChange.', ''))).toEqual([
			...['PENDING.RequestManager', 'SENTBACK', 'PENDING.RequestManager', 'SENTBACK'],
			...['PENDING.RequestManager', 'APPROVED', 'APPROVED', 'APPROVED', 'CANCELED'],
		]);
		expect(told.flatMap(({ facts }) => [facts['isRecall'], facts['isClosed']])).toEqual([
			...['false', 'false', 'false', 'false', 'false', 'false', 'true', 'false', 'false'],
			...['false', 'false', 'false', 'false', 'true', 'false', 'false', 'false', 'false'],
		]);
		expect(told[0]).toMatchObject({
			topic: 'public.concur.request',
			timeStamp: '2026-03-01T12:00:00.000Z',
			data: null,
			subtopic: null,
			facts: {
				id,
				userId: owner,
				recipientId: approver,
				href: `${fake.baseUrl}/travelrequest/v4/requests/${id}`,
				status: 'PendingRequestManagerApproval',
				role: 'RequestManager',
				currentApprovalStatus: 'Q_PEND',
				isTest: 'false',
			},
		});
		expect(told[5]).toMatchObject({ facts: { status: 'APPROVED', actingUserId: approver } });
		expect(new Set(told.map((event) => event.id)).size).toBe(told.length);
	});

	it('come from the API as well', async () => {
		const { client, fake, receiver, id } = await startSubscribed();
		const owner = fake.world.users[0]?.id ?? '';
		await client.call('POST', `/travelrequest/v4/requests/${id}/submit?userId=${owner}`);
		await fake.events.settled();
		expect(receiver.received).toHaveLength(1);
	});

	it('are signed over their very bytes', async () => {
		const { fake, receiver, id } = await startSubscribed();
		fake.world.act(id, 'submit');
		await fake.events.settled();
		const { body = '', headers = {} } = receiver.received[0] ?? {};
		const signature = Buffer.from(String(headers['concur-signature']), 'base64');
		const key = {
			key: fake.events.publicKey,
			padding: constants.RSA_PKCS1_PSS_PADDING,
			saltLength: constants.RSA_PSS_SALTLEN_MAX_SIGN,
		};
		expect(verify('sha256', Buffer.from(body), key, signature)).toBe(true);
		expect(verify('sha256', Buffer.from(`${body} `), key, signature)).toBe(false);
	});

	it('are those that the filter lets through', async () => {
		const { fake, receiver, id } = await startSubscribed(String.raw`statusChange\.APPRO.ED`);
		fake.world.act(id, 'submit');
		fake.world.act(id, 'approve');
		await fake.events.settled();
		expect(receiver.received).toHaveLength(1);
	});

	it.each([
		[500, 200],
		[401, 503, 200],
		[403, 200],
		[429, 200],
		[0, 200],
	])('are repeated after %p', async (...answers) => {
		const { fake, receiver, id } = await startSubscribed();
		receiver.answers = answers;
		fake.world.act(id, 'submit');
		await fake.events.settled();
		expect(fake.events.deliveries.map(({ status }) => status)).toEqual(answers);
		expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
	});

	it.each([200, 204, 302, 400, 404, 422])('are not repeated after %p', async (status) => {
		const { fake, receiver, id } = await startSubscribed();
		receiver.answers = [status];
		fake.world.act(id, 'submit');
		await fake.events.settled();
		expect(fake.events.deliveries.map((each) => each.status)).toEqual([status]);
	});

	it('end some time, and with the subscription', async () => {
		const { fake, receiver, id } = await startSubscribed();
		receiver.answers = Array<number>(50).fill(500);
		fake.events.retryPausesMs = [1, 1, 1];
		fake.world.act(id, 'submit');
		await fake.events.settled();
		expect(receiver.received).toHaveLength(4);
		fake.events.retryPausesMs = [200, 200];
		fake.world.act(id, 'approve');
		await new Promise((resolve) => setTimeout(resolve, 50));
		fake.events.subscriptions.clear();
		await fake.events.settled();
		expect(receiver.received).toHaveLength(5);
	});

	it.each(['at once', 'one by one'] as const)('come many times over, %s', async (how) => {
		const { fake, receiver, id } = await startSubscribed();
		fake.events.deliver(25, how);
		fake.world.act(id, 'submit');
		await fake.events.settled();
		expect(receiver.received).toHaveLength(25);
		expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
	});

	it('go to this machine only', async () => {
		const { client, fake, receiver, id } = await startSubscribed();
		const foreign = [
			'https://example.com/a',
			'http://example.com/b',
			'http://127.0.0.1.example.com/c',
		];
		for (const [n, endpoint] of foreign.entries()) await subscribe(client, `f${n}`, endpoint);
		fake.world.act(id, 'submit');
		await fake.events.settled();
		expect(receiver.received).toHaveLength(1);
		const asked = fake.events.deliveries.filter(({ subscriptionId }) => subscriptionId !== 'test');
		expect(asked.map(({ status }) => status)).toEqual([0, 0, 0]);
	});

	it('are given up when the fake is closed', async () => {
		const { fake, receiver, id } = await startSubscribed();
		receiver.answers = [500];
		fake.events.retryPausesMs = [60_000];
		fake.world.act(id, 'submit');
		await new Promise((resolve) => setTimeout(resolve, 50));
		await fake.close();
		expect(receiver.received).toHaveLength(1);
	});

	it('are shown to whoever drives the fake', async () => {
		const { client, fake, id } = await startSubscribed();
		fake.world.act(id, 'submit');
		await fake.events.settled();
		const { json } = await client.get('/_fake/events');
		expect(text(json, 'publicKey')).toBe(fake.events.publicKey);
		expect(objects(member(json, 'deliveries'))).toMatchObject([
			{ subscriptionId: 'test', status: 200 },
		]);
		expect(objects(member(json, 'published'))).toMatchObject([{ facts: { id } }]);
	});
});
