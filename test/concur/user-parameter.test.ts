import type { ConcurClient } from '../../concur/client';
import { listAgencyProposals } from '../../concur/travel-request/agency-proposals';
import {
	getCashAdvance,
	listExceptions,
	listRequestComments,
} from '../../concur/travel-request/children';
import { getRequest } from '../../concur/travel-request/get-request';
import { failureOf, json, serve, testClient, type SeenCall } from './serve';

const user = { userId: 'U' };

/** Calls a server that refuses some calls by a code, and tells what was sent. */
async function withServer(
	refuse: (call: SeenCall) => string | undefined,
	work: (client: ConcurClient) => Promise<void>,
): Promise<string[]> {
	const server = await serve((response, call) => {
		const errorCode = refuse(call);
		const errorMessage = `the parameter(s) userId: ${errorCode}`;
		if (errorCode) json(response, { errors: [{ errorCode, errorMessage }] }, 400);
		else json(response, /(comments|exceptions|proposals)$/.test(call.path) ? [] : { id: 'A' });
	});
	const client = testClient(server);
	try {
		await work(client);
	} finally {
		await client.close();
		await server.close();
	}
	return server.calls.map(({ url }) => url.replace('/travelrequest/v4/', ''));
}

test('only what a page lists is sent', async () => {
	const sent = await withServer(
		() => undefined,
		async (client) => {
			await getRequest(client, 'A', user);
			await listExceptions(client, 'A', user);
			await listRequestComments(client, 'A', user);
			await getCashAdvance(client, 'A', user);
			await listAgencyProposals(client, 'A', user);
		},
	);
	expect(sent).toEqual([
		'requests/A?userId=U',
		'requests/A/exceptions?userId=U',
		'requests/A/comments',
		'cashadvances/A',
		'requests/A/agencyproposals',
	]);
});

test('a parameter that Concur misses is sent, and from then on to all calls of that kind', async () => {
	const sent = await withServer(
		({ query }) => (query.has('userId') ? undefined : 'missingRequiredParam'),
		async (client) => {
			for (const id of ['A', 'B', 'C']) await listRequestComments(client, id, user);
			await getCashAdvance(client, 'A', user);
		},
	);
	expect(sent).toEqual([
		'requests/A/comments',
		...['A', 'B', 'C'].map((id) => `requests/${id}/comments?userId=U`),
		'cashadvances/A',
		'cashadvances/A?userId=U',
	]);
});

test('a parameter that Concur refuses is dropped, and from then on from all calls of that kind', async () => {
	const sent = await withServer(
		({ query }) => (query.has('userId') ? 'unsupportedParam' : undefined),
		async (client) => {
			for (const id of ['A', 'B']) await listExceptions(client, id, user);
		},
	);
	expect(sent).toEqual([
		'requests/A/exceptions?userId=U',
		'requests/A/exceptions',
		'requests/B/exceptions',
	]);
});

test('a server that wants neither is asked twice, and what it said last is told', async () => {
	const sent = await withServer(
		({ query }) => (query.has('userId') ? 'unsupportedParam' : 'missingRequiredParam'),
		async (client) => {
			const failure = await failureOf(listExceptions(client, 'A', user));
			expect(failure).toMatchObject({ concurCode: 'missingRequiredParam' });
		},
	);
	expect(sent).toHaveLength(2);
});

test('without a user there is nothing to add or to drop', async () => {
	for (const code of ['missingRequiredParam', 'unsupportedParam', 'badParam']) {
		const sent = await withServer(
			() => code,
			async (client) => {
				const failure = await failureOf(listRequestComments(client, 'A'));
				expect(failure).toMatchObject({ concurCode: code });
			},
		);
		expect(sent).toEqual(['requests/A/comments']);
	}
});
