import { createConnectionRequest } from '../../concur/connection-request/create-connection-request';
import { getConnectionRequest } from '../../concur/connection-request/get-connection-request';
import { connectionVersions } from '../../concur/connection-request/versions';
import { countCalls, startFake, startServer } from './fake-client';
import { containing, failureOf, json } from './serve';

test.each(connectionVersions)('a request is created and read, version %s', async (version) => {
	const { fake, client } = await startFake({ connectionRequests: 0 });
	const [user] = fake.world.users;
	const { id } = await createConnectionRequest(client, user?.loginId ?? '', { version });
	expect(id).toBe(fake.connections.all[0]?.id);
	const request = await getConnectionRequest(client, id ?? '', { version });
	expect(request).toMatchObject({
		id,
		firstName: user?.firstName,
		lastName: user?.lastName,
		userId: version === '3.2' ? user?.id : null,
		loyaltyNumber: fake.connections.all[0]?.loyaltyNumber,
	});
	const [email1] = fake.connections.all[0]?.emails ?? [];
	expect(request.emailAddresses.email1).toBe(version === '3.0' ? null : email1);
	expect(request).not.toHaveProperty('requestToken');
	expect(await failureOf(createConnectionRequest(client, user?.loginId ?? ''))).toMatchObject({
		code: 'CONCUR_CONFLICT',
		advice: containing('already has'),
	});
	expect(fake.connections.all).toHaveLength(1);
});

test.each<[string, unknown]>([
	['nothing', undefined],
	['null', null],
	['an empty object', {}],
])('the answer to a creation may be %s', async (_name, body) => {
	const { client, server } = await startServer((response) => {
		if (body === undefined) response.writeHead(200, { 'content-length': '0' }).end();
		else json(response, body);
	});
	expect(await createConnectionRequest(client, 'a+b@example.com')).toEqual({ id: null, uri: null });
	expect(server.calls[0]).toMatchObject({ method: 'POST', body: '' });
	expect(server.calls[0]?.query.get('user')).toBe('a+b@example.com');
	expect(server.calls[0]?.headers['content-length']).toBe('0');
});

test('a creation whose answer is lost is made once and not repeated', async () => {
	const { fake, client } = await startFake({ connectionRequests: 0 });
	fake.faults.set({ kind: 'resetAfter', method: 'POST', times: 1 });
	const loginId = fake.world.users[0]?.loginId ?? '';
	expect(await failureOf(createConnectionRequest(client, loginId))).toMatchObject({
		code: 'CONCUR_OUTCOME_UNKNOWN',
	});
	expect(fake.connections.all).toHaveLength(1);
	expect(countCalls(fake, 'POST', /connectionrequests$/)).toBe(1);
});
