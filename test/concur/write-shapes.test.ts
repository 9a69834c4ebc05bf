import type { ConcurClient } from '../../concur/client';
import { actOnRequest } from '../../concur/travel-request/act-on-request';
import {
	createAgencyProposal,
	listAgencyProposals,
} from '../../concur/travel-request/agency-proposals';
import { getAllocation, updateAllocation } from '../../concur/travel-request/allocations';
import { listCostObjects } from '../../concur/travel-request/cost-objects';
import { createRequest } from '../../concur/travel-request/create-request';
import { deleteRequest } from '../../concur/travel-request/delete-request';
import { getTravelAgency, listUserPolicies } from '../../concur/travel-request/lookups';
import { listParticipants, patchParticipants } from '../../concur/travel-request/participants';
import { updateRequest } from '../../concur/travel-request/update-request';
import {
	createExpense,
	deleteExpense,
	updateExpense,
} from '../../concur/travel-request/write-expenses';
import { startServer } from './fake-client';
import { failureOf, json, type Answer } from './serve';

type Call = (client: ConcurClient) => Promise<unknown>;

const user = { userId: 'U' };
const request = { id: 'R', name: 'Berlin' };

/** Calls once, with one answer, and tells the outcome and what was called. */
async function callOnce(body: unknown, call: Call) {
	const answer: Answer = (response) => {
		if (body === undefined) response.writeHead(204).end();
		else json(response, body);
	};
	const { server, client } = await startServer(answer);
	const outcome = await call(client).catch((error: unknown) => error);
	return { outcome, calls: server.calls };
}

test.each<[string, string, unknown, Call, unknown]>([
	[
		'POST requests?userId=U',
		'{"name":"Berlin"}',
		request,
		(c) => createRequest(c, { name: 'Berlin' }, user),
		request,
	],
	['POST requests', '{}', request, (c) => createRequest(c, {}), request],
	[
		'PUT requests/R?userId=U',
		'{"name":null,"custom20":{"value":"x"},"id":"r"}',
		request,
		(c) => updateRequest(c, 'R', { name: null, custom20: { value: 'x' }, id: 'r' }, user),
		request,
	],
	['DELETE requests/R?userId=U', '', true, (c) => deleteRequest(c, 'R', user), undefined],
	['DELETE requests/R', '', undefined, (c) => deleteRequest(c, 'R'), undefined],
	[
		'POST requests/R/submit?userId=U',
		'',
		request,
		(c) => actOnRequest(c, 'R', 'submit', user),
		request,
	],
	[
		'POST requests/R/sendback?userId=U',
		'{"comment":"Too dear"}',
		[request],
		(c) => actOnRequest(c, 'R', 'sendback', { ...user, comment: 'Too dear' }),
		request,
	],
	[
		'POST requests/R/approve?userId=U&delegatorUserId=D',
		'',
		request,
		(c) => actOnRequest(c, 'R', 'approve', { ...user, delegatorUserId: 'D' }),
		request,
	],
	[
		'POST requests/R/approve?companyId=C+%26',
		'',
		request,
		(c) => actOnRequest(c, 'R', 'approve', { companyId: 'C &' }),
		request,
	],
	[
		'POST requests/R/expenses?userId=U',
		'{"transactionDate":"2026-01-01"}',
		{ id: 'E' },
		(c) => createExpense(c, 'R', { transactionDate: '2026-01-01' }, user),
		{ id: 'E' },
	],
	[
		'PUT expenses/E?userId=U',
		'{"businessPurpose":null}',
		{ id: 'E' },
		(c) => updateExpense(c, 'E', { businessPurpose: null }, user),
		{ id: 'E' },
	],
	['DELETE expenses/E?userId=U', '', true, (c) => deleteExpense(c, 'E', user), undefined],
	[
		'GET requests/R/allocations/A?userId=U',
		'',
		[{ allocationId: 'A' }],
		(c) => getAllocation(c, 'R', 'A', user),
		{ allocationId: 'A' },
	],
	[
		'PUT requests/R/allocations/A?userId=U&contextRoleType=TRAVELER',
		'{"percentage":50}',
		{ allocationId: 'A' },
		(c) =>
			updateAllocation(c, 'R', 'A', { percentage: 50 }, { ...user, contextRoleType: 'TRAVELER' }),
		{ allocationId: 'A' },
	],
	['GET requests/R/participants', '', null, (c) => listParticipants(c, 'R'), []],
	[
		'PATCH requests/R/participants?userId=U',
		'{"value":[{"id":"A"},{"id":"B","@deleted":true}]}',
		undefined,
		(c) =>
			patchParticipants(
				c,
				'R',
				[
					{ id: 'A', deleted: false },
					{ id: 'B', deleted: true },
				],
				user,
			),
		undefined,
	],
	['GET requests/R/agencyproposals', '', null, (c) => listAgencyProposals(c, 'R'), []],
	[
		// The page lists no userId for the reading.
		'GET requests/R/agencyproposals',
		'',
		[{ proposalUuid: 'P' }],
		(c) => listAgencyProposals(c, 'R', user),
		[{ proposalUuid: 'P' }],
	],
	[
		'POST requests/R/agencyproposals?userId=U',
		'{"booked":true}',
		{ proposalUuid: 'P' },
		(c) => createAgencyProposal(c, 'R', { booked: true }, user),
		{ proposalUuid: 'P' },
	],
	[
		'POST requests/R/agencyproposals?userId=U&test=true',
		'{}',
		[{ proposalUuid: 'P' }],
		(c) => createAgencyProposal(c, 'R', {}, { ...user, test: true }),
		{ proposalUuid: 'P' },
	],
	[
		'POST requests/R/agencyproposals?test=false',
		'{}',
		{},
		(c) => createAgencyProposal(c, 'R', {}, { test: false }),
		{},
	],
	[
		'GET requests/R/costobjects?userId=U',
		'',
		[{ name: 'Cost center 00123' }],
		(c) => listCostObjects(c, 'R', user),
		[{ name: 'Cost center 00123' }],
	],
	['GET requests/R/costobjects', '', undefined, (c) => listCostObjects(c, 'R'), []],
	['GET userpolicies?userId=U', '', [{ id: 'P' }], (c) => listUserPolicies(c, user), [{ id: 'P' }]],
	['GET travelagencies/T', '', { id: 'T' }, (c) => getTravelAgency(c, 'T'), { id: 'T' }],
])('%s with the body %j', async (line, sent, body, call, expected) => {
	const { outcome, calls } = await callOnce(body, call);
	expect(outcome).toEqual(expected);
	expect(calls).toHaveLength(1);
	expect(calls[0]).toMatchObject({ body: sent });
	expect(`${calls[0]?.method} ${calls[0]?.url}`).toBe(line.replace(' ', ' /travelrequest/v4/'));
});

test('a POST without a body says Content-Length: 0, and a body is never chunked', async () => {
	const bare = await callOnce(request, (c) => actOnRequest(c, 'R', 'recall'));
	expect(bare.calls[0]?.headers).toMatchObject({ 'content-length': '0' });
	expect(bare.calls[0]?.headers).not.toHaveProperty('content-type');
	const full = await callOnce(request, (c) => createRequest(c, { name: 'Łódź' }));
	expect(full.calls[0]?.headers).toMatchObject({
		'content-length': String(Buffer.byteLength('{"name":"Łódź"}')),
		'content-type': 'application/json',
	});
	expect(full.calls[0]?.headers).not.toHaveProperty('transfer-encoding');
});

test('participants go out as a merge patch', async () => {
	const { calls } = await callOnce(undefined, (c) => patchParticipants(c, 'R', [{ id: 'A' }]));
	expect(calls[0]?.headers['content-type']).toBe('application/merge-patch+json');
});

test('an outcome that is unknown says so and keeps the cause', async () => {
	const { client, server } = await startServer((response) => response.destroy());
	expect(await failureOf(createRequest(client, {}))).toMatchObject({
		code: 'CONCUR_OUTCOME_UNKNOWN',
		cause: { code: 'CONCUR_NETWORK' },
	});
	expect(server.calls).toHaveLength(1);
});
