import { drainRawConnectionQueue } from '../../concur/connection-request/raw-connection-requests';
import type { ConcurClient } from '../../concur/client';
import { countCalls, startFake, startServer } from './fake-client';
import { failureOf, json } from './serve';

async function readIds(client: ConcurClient, limit = 10, ids: string[] = []): Promise<string[]> {
	for await (const { items } of drainRawConnectionQueue(client, { limit }))
		ids.push(...items.map(({ ID }) => ID));
	return ids;
}

const kinds = ['queue', 'lease', 'status'] as const;
const sizes = [0, 1, 9, 10, 11, 19, 20, 23, 95];

test.each(kinds.flatMap((kind) => sizes.map((size) => [kind, size] as const)))(
	'with overlapping pages of the semantics “%s”, all of %i requests are read, each once',
	async (connectionQueue, connectionRequests) => {
		const { fake, client } = await startFake({ connectionQueue, connectionRequests });
		expect(await readIds(client)).toEqual(fake.connections.all.map(({ id }) => id));
		expect(countCalls(fake, 'GET', /./)).toBeLessThanOrEqual(connectionRequests / 9 + 2);
	},
);

test.each([1, 2, 3])('pages of %i come to an end', async (limit) => {
	const { fake, client } = await startFake({ connectionRequests: 7 });
	expect(await readIds(client, limit)).toEqual(fake.connections.all.map(({ id }) => id));
});

test('a queue that has shrunk below the next page is read from further in front', async () => {
	let waiting = Array.from({ length: 15 }, (_, index) => `R${index}`);
	const { client, server } = await startServer((response, call) => {
		const start = Number(call.query.get('offset') ?? 0);
		const Items = waiting.slice(start, start + 10).map((ID) => ({ ID }));
		const end = start + 10;
		const NextPage = end < waiting.length ? `https://evil.example/?limit=10&offset=${end}` : null;
		json(response, { Items, NextPage });
		if (start === 0) waiting = waiting.slice(10);
	});
	expect(await readIds(client)).toHaveLength(15);
	expect(server.calls).toHaveLength(3);
});

test('a server that contradicts itself is asked some times, not for ever', async () => {
	const { client, server } = await startServer((response, call) => {
		const start = Number(call.query.get('offset') ?? 0);
		const Items = start === 0 ? [{ ID: 'A' }, { ID: 'B' }] : [];
		json(response, { Items, NextPage: `https://evil.example/?limit=2&offset=${start + 2}` });
	});
	const ids: string[] = [];
	expect(await failureOf(readIds(client, 2, ids))).toMatchObject({
		code: 'CONCUR_INCOMPLETE_QUEUE',
	});
	expect(ids).toEqual(['A', 'B']);
	expect(server.calls.length).toBeLessThan(15);
});
