import type { ConcurClient } from '../../concur/client';
import { ConfigurationError } from '../../concur/errors';
import { actOnRequest, type RequestAction } from '../../concur/travel-request/act-on-request';
import { getAllocation } from '../../concur/travel-request/allocations';
import { createRequest } from '../../concur/travel-request/create-request';
import { deleteRequest } from '../../concur/travel-request/delete-request';
import { getTravelAgency, listUserPolicies } from '../../concur/travel-request/lookups';
import { patchParticipants } from '../../concur/travel-request/participants';
import { updateRequest } from '../../concur/travel-request/update-request';
import {
	createExpense,
	deleteExpense,
	updateExpense,
} from '../../concur/travel-request/write-expenses';
import { startServer } from './fake-client';
import { containing, json } from './serve';

type Call = (client: ConcurClient) => Promise<unknown>;

const request = { id: 'R', name: 'Berlin' };

/** Calls once, with one answer, and tells the outcome and what was called. */
async function callOnce(body: unknown, call: Call) {
	const { server, client } = await startServer((response) => {
		json(response, body);
	});
	const outcome = await call(client).catch((error: unknown) => error);
	return { outcome, calls: server.calls };
}

// What a caller without types may send.
const noAction: unknown = JSON.parse('"../expenses"');
function isAction(value: unknown): value is RequestAction {
	return typeof value === 'string';
}

test.each<[string, Call, string]>([
	['a new request with an id', (c) => createRequest(c, { id: 'R' }), 'id'],
	['a new expense with an id', (c) => createExpense(c, 'R', { id: 'E' }), 'id'],
	['the policy', (c) => updateRequest(c, 'R', { policy: { id: 'P' } }), '"policy"'],
	['the status', (c) => updateRequest(c, 'R', { approvalStatus: null }), '"approvalStatus"'],
	['a 21st custom field', (c) => updateRequest(c, 'R', { custom21: {} }), '"custom21"'],
	['a custom field 0', (c) => updateRequest(c, 'R', { custom0: {} }), '"custom0"'],
	['another request’s id', (c) => updateRequest(c, 'R', { id: 'S' }), 'another request'],
	['an id that is null', (c) => updateRequest(c, 'R', { id: null }), 'another request'],
	['a sendback without a word', (c) => actOnRequest(c, 'R', 'sendback'), 'comment'],
	['a sendback of blanks', (c) => actOnRequest(c, 'R', 'sendback', { comment: ' ' }), 'comment'],
	['a comment to a recall', (c) => actOnRequest(c, 'R', 'recall', { comment: 'x' }), 'recall'],
	[
		'an action that leads elsewhere',
		async (c) => isAction(noAction) && actOnRequest(c, 'R', noAction),
		'no action',
	],
	['no participants', (c) => patchParticipants(c, 'R', []), 'participant'],
	['a participant without an id', (c) => patchParticipants(c, 'R', [{ id: '' }]), 'participant'],
	['an id that leads elsewhere', (c) => deleteRequest(c, '../users'), 'An id'],
	['an allocation elsewhere', (c) => getAllocation(c, 'R', '..'), 'An id'],
])('%s is refused before anything is sent', async (_name, call, part) => {
	const { outcome, calls } = await callOnce(request, call);
	expect(outcome).toBeInstanceOf(ConfigurationError);
	expect(outcome).toMatchObject({ message: containing(part) });
	expect(calls).toEqual([]);
});

test('the refusal of a field lists those that can be updated', async () => {
	const { outcome } = await callOnce(request, (c) => updateRequest(c, 'R', { pnr: 'X' }));
	expect(outcome).toMatchObject({
		code: 'INVALID_PARAMETER',
		advice: containing('businessPurpose'),
	});
	expect(outcome).toMatchObject({ advice: containing('custom1 to custom20') });
});

test.each<[unknown, Call]>([
	[{ name: 'no id' }, (c) => createRequest(c, {})],
	[{ name: 'no id' }, (c) => updateRequest(c, 'R', {})],
	[{}, (c) => actOnRequest(c, 'R', 'submit')],
	[[], (c) => updateExpense(c, 'E', {})],
	[{}, (c) => createExpense(c, 'R', {})],
	[false, (c) => deleteRequest(c, 'R')],
	[false, (c) => deleteExpense(c, 'E')],
	['text', (c) => getTravelAgency(c, 'T')],
	[[{}, {}], (c) => getAllocation(c, 'R', 'A')],
	[{}, (c) => listUserPolicies(c)],
])('the answer %j is unexpected', async (body, call) => {
	expect((await callOnce(body, call)).outcome).toMatchObject({ code: 'CONCUR_UNEXPECTED_BODY' });
});
