import type { JsonValue } from '../../fake-concur/json';
import { firstUserId, ids, refusal, startClient, stopAll, text, type Client } from './client';

afterEach(stopAll);

const base = '/travelrequest/v4';

describe('a request', () => {
	test('is created for the user named, as a draft without children', async () => {
		const client = await startClient({ requests: 0 });
		const reply = await create(client, {
			name: 'Trip',
			startDate: '2026-05-01',
			custom2: { value: '8422A66A9B0142458020D9BCD4351D38' },
			approved: true,
		});
		expect(reply.status).toBe(201);
		expect(reply.json).toMatchObject({
			name: 'Trip',
			startDate: '2026-05-01',
			approved: false,
			approvalStatus: { code: 'NOT_SUBMITTED' },
			owner: { id: firstUserId(client) },
			expenses: [],
			custom2: { code: 'CEN1', value: '8422A66A9B0142458020D9BCD4351D38' },
			operations: [{ rel: 'submit' }],
		});
		expect(ids(await client.list())).toEqual([text(reply.json, 'id')]);
	});

	test('is updated partially: null clears, unknown fields are ignored, the rest stays', async () => {
		const client = await startClient();
		const [id = ''] = client.fake.world.requests();
		const before = client.fake.world.truth(id)?.request;
		const reply = await client.call('PUT', `${base}/requests/${id}`, {
			comment: null,
			name: 'New',
			custom20: { value: 'a' },
			requestId: 'HACK',
			approved: true,
			custom21: { value: 'no such field' },
		});
		const changed = { comment: null, name: 'New', custom20: { value: 'a' } };
		const lastModified = text(reply.json, 'lastModified');
		expect(reply.json).toEqual(Object.assign({}, before, changed, { lastModified }));
	});

	test('moves its start date without moving its end', async () => {
		const client = await startClient();
		const [id = ''] = client.fake.world.requests();
		const before = client.fake.world.truth(id);
		await client.call('PUT', `${base}/requests/${id}`, { startDate: '2030-01-01' });
		const after = client.fake.world.truth(id);
		expect(text(after?.request, 'startDate')).toBe('2030-01-01');
		expect(text(after?.request, 'endDate')).toBe(text(before?.request, 'endDate'));
		expect(after?.expenses).toEqual(before?.expenses);
		expect(ids(await client.list({ limit: 1 }))).toEqual([id]);
	});

	test.each<[string, string, (client: Client) => [string, string, JsonValue?]]>([
		[
			'idNotAllowed',
			'a new request with an id',
			(c) => ['POST', `/requests?userId=${firstUserId(c)}`, { id: 'x' }],
		],
		[
			'missingRequiredParam',
			'a new request without userId',
			() => ['POST', '/requests', { name: 'x' }],
		],
		[
			'invalidPolicy',
			'an unknown policy',
			(c) => ['POST', `/requests?userId=${firstUserId(c)}`, { policy: { id: 'x' } }],
		],
		[
			'invalidDate',
			'a bad date',
			(c) => ['POST', `/requests?userId=${firstUserId(c)}`, { startDate: '1.5.2026' }],
		],
		[
			'invalidLocation',
			'a place that is nowhere',
			(c) => ['PUT', `/requests/${first(c)}`, { mainDestination: { city: 'Lyon' } }],
		],
		[
			'badParam',
			'an update with another id',
			(c) => ['PUT', `/requests/${first(c)}`, { id: 'OTHER' }],
		],
		['invalidJson', 'a body that is a list', (c) => ['PUT', `/requests/${first(c)}`, []]],
		['invalidUuid', 'a malformed id', () => ['GET', '/requests/123']],
		['invalidUuid', 'a malformed user', (c) => ['GET', `/requests/${first(c)}?userId=1`]],
		[
			'missingRequiredParam',
			'cash advances without userId',
			(c) => ['GET', `/requests/${first(c)}/cashadvances`],
		],
		[
			'missingRequiredParam',
			'exceptions without userId',
			(c) => ['GET', `/requests/${first(c)}/exceptions`],
		],
		['missingRequiredParam', 'policies without userId', () => ['GET', '/userpolicies']],
		[
			'missingRequiredParam',
			'a deletion without userId',
			(c) => ['DELETE', `/requests/${first(c)}`],
		],
		[
			'missingRequiredParam',
			'an expense without userId',
			(c) => ['POST', `/requests/${first(c)}/expenses`, {}],
		],
		[
			'missingRequiredField',
			'an expense without amount',
			(c) => ['POST', `/requests/${first(c)}/expenses?userId=${ownerOf(c, first(c))}`, {}],
		],
		[
			'badParam',
			'participants as plain JSON',
			(c) => ['PATCH', `/requests/${first(c)}/participants?userId=${ownerOf(c, first(c))}`, {}],
		],
	])('400 %s answers %s', async (code, _name, make) => {
		const client = await startClient();
		const [method, path, body] = make(client);
		const reply = await client.call(method, base + path, body);
		expect(refusal(reply).slice(0, 2)).toEqual([400, code]);
	});

	test('is not found when it never was', async () => {
		const client = await startClient();
		for (const path of ['requests', 'expenses', 'cashadvances', 'travelagencies']) {
			const reply = await client.get(`${base}/${path}/0D4DC4589D33AC4B9AF2E8B548C7AD2C`);
			expect(refusal(reply).slice(0, 2)).toEqual([404, 'notFound']);
		}
	});

	test('is deleted by its owner while it is a draft, and by nobody else', async () => {
		const client = await startClient({ users: 5, requests: 0 });
		const { world } = client.fake;
		const stranger = world.users[2]?.id ?? '';
		const id = world.create({ name: 'x' }, firstUserId(client));
		const url = `${base}/requests/${id}?userId=`;
		expect((await client.call('DELETE', url + stranger)).status).toBe(403);
		world.act(id, 'submit');
		expect((await client.call('DELETE', url + firstUserId(client))).status).toBe(403);
		world.act(id, 'recall');
		const reply = await client.call('DELETE', url + firstUserId(client));
		expect([reply.status, reply.text]).toEqual([200, 'true']);
		expect((await client.get(`${base}/requests/${id}`)).status).toBe(404);
	});

	test('is shown to its owner and approver, not to strangers', async () => {
		const client = await startClient({ users: 5, requests: 0 });
		const { world } = client.fake;
		const id = world.create({ name: 'x' }, world.users[0]?.id);
		const statuses = [];
		for (const user of world.users.slice(0, 3)) {
			statuses.push((await client.get(`${base}/requests/${id}?userId=${user.id}`)).status);
		}
		expect(statuses).toEqual([200, 200, 403]);
	});
});

function first(client: Client): string {
	return client.fake.world.requests()[0] ?? '';
}

function ownerOf(client: Client, id: string): string {
	return text(client.fake.world.truth(id)?.request, 'owner', 'id');
}

function create(client: Client, body: JsonValue) {
	return client.call('POST', `${base}/requests?userId=${firstUserId(client)}`, body);
}
