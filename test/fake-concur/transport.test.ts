import { startClient, stopAll } from './client';

afterEach(stopAll);

test('a request body sent in chunks is refused', async () => {
	const client = await startClient();
	const stream = new Blob(['{"name":"x"}']).stream();
	const userId = client.fake.world.users[0]?.id;
	const response = await fetch(
		`${client.fake.baseUrl}/travelrequest/v4/requests?userId=${userId}`,
		{
			method: 'POST',
			headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' },
			body: stream,
			duplex: 'half',
		},
	);
	expect(response.status).toBe(400);
});

test('an ordinary answer says how long it is, and what it is', async () => {
	const client = await startClient();
	const reply = await client.list();
	const { headers } = reply;
	expect(headers.get('content-length')).toBe(String(Buffer.byteLength(reply.text)));
	expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
});

test('latency is added to every answer', async () => {
	const client = await startClient({ latencyMs: 60 });
	const start = performance.now();
	await client.list();
	expect(performance.now() - start).toBeGreaterThan(50);
});

test('a client that follows a foreign link is caught with its headers', async () => {
	const client = await startClient();
	await client.get(`${client.fake.trapUrl}/api/v3.2/common/connectionrequests?offset=5`);
	expect(client.fake.trapped).toMatchObject([
		{ method: 'GET', url: '/api/v3.2/common/connectionrequests?offset=5' },
	]);
	expect(client.fake.trapped[0]?.headers['authorization']).toBe(`Bearer ${client.token}`);
});
