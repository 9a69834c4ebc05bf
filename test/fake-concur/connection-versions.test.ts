import { connectionItems, startClient, stopAll, text } from './client';

afterEach(stopAll);

const path = '/api/v3.2/common/connectionrequests';

describe('versions and formats', () => {
	test.each([
		[
			'3.0',
			['FirstName', 'ID', 'LastModified', 'RequestToken', 'Status', 'URI'],
			['EmailAddresses', 'userId'],
		],
		['3.1', ['FirstName', 'ID', 'EmailAddresses'], ['userId', 'UserId']],
		['3.2', ['firstName', 'ID', 'URI', 'emailAddresses', 'userId'], ['FirstName', 'id']],
	])('version %s has %j and not %j', async (version, present, absent) => {
		const client = await startClient();
		const [item] = connectionItems(await client.get(`/api/v${version}/common/connectionrequests/`));
		expect(Object.keys(item ?? {})).toEqual(expect.arrayContaining(present));
		for (const name of absent) expect(Object.keys(item ?? {})).not.toContain(name);
	});

	test('lastModified has no zone and no milliseconds', async () => {
		const client = await startClient();
		const [item] = connectionItems(await client.get(path));
		expect(text(item, 'lastModified')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
	});

	test.each([
		['*/*', 'application/xml'],
		['application/xml', 'application/xml'],
		['application/json', 'application/json'],
	])('Accept %s gives %s', async (accept, type) => {
		const client = await startClient();
		const reply = await client.get(path, { accept });
		expect(reply.headers.get('content-type')).toContain(type);
		if (type.endsWith('xml')) {
			expect(reply.text).toMatch(/^<ConnectionRequests xmlns:xsd=.*<Items><ConnectionRequest>/);
			expect(reply.text).toContain('xsi:nil="true"');
		}
	});

	test('XML bodies are understood and XML errors answered', async () => {
		const client = await startClient();
		const id = client.fake.connections.all[0]?.id ?? '';
		const response = await fetch(
			`${client.fake.baseUrl}/api/v3.0/common/connectionrequests/${id}`,
			{
				method: 'PUT',
				headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/xml' },
				body: '<ConnectionRequest><Status>CRRET</Status></ConnectionRequest>',
			},
		);
		expect([response.status, await response.text()]).toEqual([
			200,
			expect.stringMatching(/^<Void /),
		]);
		const missing = await client.get(`${path}/none`, { accept: '*/*' });
		expect([missing.status, missing.text]).toEqual([
			404,
			expect.stringMatching(/^<Error><Message>/),
		]);
		const json = await client.get(`${path}/none`);
		expect(text(json.json, 'Error', 'Message')).toBe('connection request not found');
	});

	test('deprecated versions say so and 3.0 alone can delete', async () => {
		const client = await startClient({ connectionRequests: 2 });
		const [one, two] = client.fake.connections.all.map((each) => each.id);
		const reply = await client.get('/api/v3.0/common/connectionrequests');
		expect(reply.headers.get('sunset')).not.toBeNull();
		expect((await client.call('DELETE', `/api/v3.0/common/connectionrequests/${one}`)).status).toBe(
			200,
		);
		expect((await client.call('DELETE', `${path}/${two}`)).status).toBe(405);
		expect(connectionItems(await client.get(path))).toHaveLength(1);
	});
});
