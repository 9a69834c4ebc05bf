import type { WorkflowAction } from '../../fake-concur/world/workflow';
import { refusal, startClient, stopAll, text, member, type Client, type Reply } from './client';

afterEach(stopAll);

const traveler = 0;
const approver = 1;
const stranger = 2;

describe('the workflow', () => {
	test.each<[WorkflowAction[], string, boolean]>([
		[['submit'], 'SUBMITTED', false],
		[['submit', 'recall'], 'NOT_SUBMITTED', false],
		[['submit', 'approve'], 'APPROVED', false],
		[['submit', 'sendback'], 'SENTBACK', false],
		[['submit', 'sendback', 'submit'], 'SUBMITTED', false],
		[['submit', 'cancel'], 'CANCELED', false],
		[['submit', 'approve', 'cancel'], 'CANCELED', false],
		[['submit', 'approve', 'cancel', 'close'], 'CANCELED', true],
		[['submit', 'approve', 'close'], 'APPROVED', true],
		[['submit', 'approve', 'close', 'reopen'], 'APPROVED', false],
	])('%j leads to %s, closed: %s', async (actions, status, closed) => {
		const { client, id } = await startDraft();
		let last: Reply | undefined;
		for (const action of actions) last = await act(client, id, action);
		expect(last?.status).toBe(200);
		expect(text(last?.json, 'approvalStatus', 'code')).toBe(status);
		expect(member(last?.json, 'closed')).toBe(closed);
	});

	test.each<[WorkflowAction[], WorkflowAction, number, string]>([
		[[], 'approve', 403, 'permissionDenied'],
		[[], 'recall', 403, 'permissionDenied'],
		[[], 'close', 403, 'requestStatusNotApproved'],
		[[], 'cancel', 403, 'requestStatusNotApproved'],
		[['submit'], 'submit', 409, 'CASH_ADVANCE_SUBMIT_ALREADY_SUBMITTED'],
		[['submit', 'approve'], 'reopen', 403, 'permissionDenied'],
		[['submit', 'cancel'], 'close', 403, 'requestStatusNotApproved'],
	])('after %j refuses %s with %i %s', async (actions, action, status, code) => {
		const { client, id } = await startDraft();
		for (const each of actions) await act(client, id, each);
		expect(refusal(await act(client, id, action)).slice(0, 2)).toEqual([status, code]);
	});

	test.each<[WorkflowAction, number, number, string]>([
		['submit', approver, 403, 'userIsNotAllowed'],
		['approve', traveler, 403, 'permissionDenied'],
		['approve', stranger, 403, 'userIsNotAllowed'],
	])('refuses %s by user %i with %i %s', async (action, user, status, code) => {
		const { client, id } = await startDraft();
		if (action === 'approve') await act(client, id, 'submit');
		expect(refusal(await act(client, id, action, user)).slice(0, 2)).toEqual([status, code]);
	});

	test('lets the system approve, but wants a user for the actions of the traveler', async () => {
		const { client, id } = await startDraft();
		const url = `/travelrequest/v4/requests/${id}`;
		expect(refusal(await client.call('POST', `${url}/submit`))[1]).toBe('missingRequiredParam');
		await act(client, id, 'submit');
		expect((await client.call('POST', `${url}/approve`)).status).toBe(200);
	});

	test('wants a comment with a sendback and keeps it', async () => {
		const { client, id } = await startDraft();
		await act(client, id, 'submit');
		const userId = client.fake.world.users[approver]?.id;
		const url = `/travelrequest/v4/requests/${id}/sendback?userId=${userId}`;
		expect(refusal(await client.call('POST', url))[1]).toBe('missingRequiredParam');
		const reply = await client.call('POST', url, { comment: 'Too expensive' });
		expect(member(reply.json, 'everSentBack')).toBe(true);
		expect(text(client.fake.world.truth(id)?.comments, 0, 'value')).toBe('Too expensive');
	});

	test('does not submit without a name, with a blocking exception or without an approver', async () => {
		const { client, id } = await startDraft();
		const { world } = client.fake;
		world.withoutApprover.add(world.users[traveler]?.id ?? '');
		expect(refusal(await act(client, id, 'submit')).slice(0, 2)).toEqual([409, 'NO_APPROVER']);
		world.addException(id, { isBlocking: true });
		expect(refusal(await act(client, id, 'submit'))[1]).toBe('blockingException');
		world.edit(id, { name: null });
		expect(refusal(await act(client, id, 'submit'))[1]).toBe('missingRequiredField');
	});

	test('advertises what the state allows', async () => {
		const { client, id } = await startDraft();
		await act(client, id, 'submit');
		const operations = member(client.fake.world.truth(id)?.request, 'operations');
		const rels = Array.isArray(operations) ? operations.map((each) => text(each, 'rel')) : [];
		expect(rels).toEqual(['recall', 'cancel', 'approve', 'sendback']);
	});
});

async function startDraft(): Promise<{ client: Client; id: string }> {
	const client = await startClient({ requests: 0, users: 5 });
	const id = client.fake.world.create({ name: 'Trip' }, client.fake.world.users[traveler]?.id);
	return { client, id };
}

/** Acts as the user whose action it is, unless another is named. */
function act(client: Client, id: string, action: WorkflowAction, user?: number): Promise<Reply> {
	const isApprovers = action === 'approve' || action === 'sendback';
	const index = user ?? (isApprovers ? approver : traveler);
	const userId = client.fake.world.users[index]?.id;
	const body = action === 'sendback' ? { comment: 'No' } : undefined;
	return client.call('POST', `/travelrequest/v4/requests/${id}/${action}?userId=${userId}`, body);
}
