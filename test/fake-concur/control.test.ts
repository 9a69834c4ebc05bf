import { member, objects, startClient, stopAll, text } from './client';

afterEach(stopAll);

describe('another process', () => {
	test('sees the state, and the secrets only when it asks', async () => {
		const client = await startClient();
		const reply = await client.get('/_fake/state');
		expect(reply.json).toMatchObject({ requests: 100, moved: false, trapped: 0 });
		expect(text(reply.json, 'clock')).toMatch(/^2026-03-01T12:00/);
		for (const secret of client.fake.secrets()) expect(reply.text).not.toContain(secret);
		const open = await client.get('/_fake/state?secrets=true');
		for (const secret of client.fake.secrets()) expect(open.text).toContain(secret);
	});

	test('moves the clock', async () => {
		const client = await startClient();
		await client.call('POST', '/_fake/clock', { set: '2027-01-01T00:00:00Z' });
		const reply = await client.call('POST', '/_fake/clock', {
			advanceMs: 3_600_000,
			stepPerCallMs: 5,
		});
		expect(text(reply.json, 'clock')).toMatch(/^2027-01-01T01:00/);
		expect(client.fake.clock.stepPerCallMs).toBe(5);
		expect((await client.call('POST', '/_fake/clock', { set: 'noon' })).status).toBe(400);
	});

	test('changes the world now and on a schedule', async () => {
		const client = await startClient();
		const reply = await client.call('POST', '/_fake/change', { edits: 1, creates: 2, deletes: 3 });
		expect(member(reply.json, 'deleted')).toHaveLength(3);
		expect(client.fake.world.requests()).toHaveLength(99);
		await client.call('POST', '/_fake/schedule', { creates: 1, everyCalls: 1 });
		await client.list();
		expect(client.fake.world.requests()).toHaveLength(100);
	});

	test('sets and clears faults', async () => {
		const client = await startClient();
		const [id = ''] = client.fake.world.requests();
		const set = [{ kind: 'rateLimit', calls: [1], retryAfter: 7 }];
		await client.call('POST', '/_fake/faults', { set, poison: [id], moved: true });
		const limited = await client.list();
		expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
		expect((await client.get(`/travelrequest/v4/requests/${id}`)).status).toBe(500);
		expect(client.fake.faults.moved).toBe(true);
		await client.call('POST', '/_fake/faults', { clear: true });
		expect(client.fake.faults.list).toEqual([]);
		expect((await client.call('POST', '/_fake/faults', { set: [{ kind: 'no' }] })).status).toBe(
			400,
		);
	});

	test('sets quirks of the right type', async () => {
		const client = await startClient();
		await client.call('POST', '/_fake/quirks', { ignoreLimit: 3, foreignLinks: false });
		expect(client.fake.quirks).toMatchObject({ ignoreLimit: 3, foreignLinks: false });
		expect((await client.call('POST', '/_fake/quirks', { foreignLinks: 'no' })).status).toBe(400);
	});

	test('reads the calls; its own are not among them', async () => {
		const client = await startClient();
		await client.list();
		const calls = objects((await client.get('/_fake/calls?last=1')).json);
		expect(calls).toMatchObject([
			{ method: 'GET', path: '/travelrequest/v4/requests', status: 200 },
		]);
	});
});

test('an endpoint the fake does not have is said to be unknown', async () => {
	const client = await startClient();
	const reply = await client.get('/travelrequest/v4/nothing');
	expect(text(reply.json, 'errors', 0, 'errorCode')).toBe('routeUnknown');
});
