import { ConfigurationError } from '../../concur/errors';
import { deleteConnectionRequest } from '../../concur/connection-request/delete-connection-request';
import { countCalls, startFake } from './fake-client';
import { failureOf } from './serve';

async function startTwo() {
	const { fake, client } = await startFake({ connectionRequests: 2 });
	const [first, second] = fake.connections.all.map(({ id }) => id);
	if (first === undefined || second === undefined) throw new Error('too few requests');
	return { fake, client, first, second, left: () => fake.connections.all.map(({ id }) => id) };
}

test('version 3.0 takes a connection request away, once', async () => {
	const { client, first, second, left } = await startTwo();
	await deleteConnectionRequest(client, first, { version: '3.0' });
	expect(left()).toEqual([second]);
	expect(await failureOf(deleteConnectionRequest(client, first, { version: '3.0' }))).toMatchObject(
		{ code: 'CONCUR_NOT_FOUND' },
	);
});

test.each(['3.1', '3.2', undefined] as const)(
	'version %p is refused before anything is sent',
	async (version) => {
		const { fake, client, first, left } = await startTwo();
		const failure = await failureOf(deleteConnectionRequest(client, first, { version }));
		expect(failure).toBeInstanceOf(ConfigurationError);
		expect(failure).toMatchObject({
			code: 'INVALID_PARAMETER',
			message: `Version ${version ?? '3.2'} of Connection Requests cannot delete.`,
		});
		expect(countCalls(fake, 'DELETE', /./)).toBe(0);
		expect(left()).toHaveLength(2);
	},
);

test('a lost answer is asked for again, and gone then means done', async () => {
	const { fake, client, first, second, left } = await startTwo();
	fake.faults.set({ kind: 'resetAfter', method: 'DELETE', times: 1 });
	await deleteConnectionRequest(client, first, { version: '3.0' });
	expect(left()).toEqual([second]);
	expect(countCalls(fake, 'DELETE', /./)).toBe(2);
});
