import type { FakeConcur } from '../../fake-concur/index';
import { createConcurClient, type ConcurClient } from '../../concur/client';
import { actOnRequest } from '../../concur/travel-request/act-on-request';
import { listRequestComments } from '../../concur/travel-request/children';
import { createRequest } from '../../concur/travel-request/create-request';
import { deleteRequest } from '../../concur/travel-request/delete-request';
import { getRequest } from '../../concur/travel-request/get-request';
import { updateRequest } from '../../concur/travel-request/update-request';
import { countCalls, startFake } from './fake-client';
import { failureOf } from './serve';

const draft = { name: 'Berlin', startDate: '2027-01-04', businessPurpose: 'Training' };

function peopleOf(fake: FakeConcur) {
	const [owner] = fake.world.users;
	const approver = fake.world.users[owner?.approver ?? -1];
	if (!owner || !approver) throw new Error('no users');
	return { owner, approver };
}

async function startDraft() {
	const { fake, client } = await startFake();
	const { owner, approver } = peopleOf(fake);
	const { id } = await createRequest(client, draft, { userId: owner.id });
	return { fake, client, id, userId: owner.id, approverId: approver.id };
}

test('a request is created, changed, cleared and deleted', async () => {
	const { fake, client, id, userId } = await startDraft();
	expect(await getRequest(client, id, { userId })).toMatchObject(draft);
	const changed = await updateRequest(
		client,
		id,
		{ name: 'Łódź', businessPurpose: null },
		{ userId },
	);
	expect(changed).toMatchObject({ id, name: 'Łódź', businessPurpose: null });
	expect(await updateRequest(client, id, { comment: 'By the system' })).toMatchObject({
		comment: 'By the system',
		name: 'Łódź',
	});
	await deleteRequest(client, id, { userId });
	expect(await failureOf(getRequest(client, id, { userId }))).toMatchObject({ status: 404 });
	expect(fake.trapped).toEqual([]);
});

test('a request goes through its whole workflow', async () => {
	const { client, id, userId, approverId } = await startDraft();
	const steps = [
		['submit', userId, 'SUBMITTED'],
		['recall', userId, 'NOT_SUBMITTED'],
		['submit', userId, 'SUBMITTED'],
		['sendback', approverId, 'SENTBACK'],
		['submit', userId, 'SUBMITTED'],
		['approve', approverId, 'APPROVED'],
		['close', userId, 'APPROVED'],
		['reopen', userId, 'APPROVED'],
		['cancel', userId, 'CANCELED'],
	] as const;
	for (const [action, actor, code] of steps) {
		const comment = action === 'sendback' ? 'Please take the train' : undefined;
		const after = await actOnRequest(client, id, action, { userId: actor, comment });
		expect(after).toMatchObject({ id, approvalStatus: { code } });
		if (action === 'close' || action === 'reopen') {
			expect(after).toMatchObject({ closed: action === 'close' });
		}
	}
	const [latest] = await listRequestComments(client, id, { userId });
	expect(latest).toMatchObject({ value: 'Please take the train', isLatest: true });
});

test('an approver acts without a userId as the system, a traveler does not', async () => {
	const { client, id, userId } = await startDraft();
	expect(await failureOf(actOnRequest(client, id, 'submit'))).toMatchObject({
		concurCode: 'missingRequiredParam',
	});
	await actOnRequest(client, id, 'submit', { userId });
	expect(await actOnRequest(client, id, 'approve')).toMatchObject({
		approvalStatus: { code: 'APPROVED' },
	});
});

test.each<[string, (client: ConcurClient, id: string, userId: string) => Promise<unknown>, object]>(
	[
		[
			'a close of a draft',
			(c, id, userId) => actOnRequest(c, id, 'close', { userId }),
			{ status: 403 },
		],
		[
			'approving one’s own',
			(c, id, userId) => actOnRequest(c, id, 'approve', { userId }),
			{ status: 403 },
		],
		[
			'a creation for nobody',
			(c) => createRequest(c, draft),
			{ concurCode: 'missingRequiredParam' },
		],
		[
			'a deletion by nobody',
			(c, id) => deleteRequest(c, id),
			{ concurCode: 'missingRequiredParam' },
		],
		[
			'a bad date',
			(c, id, userId) => updateRequest(c, id, { startDate: 'tomorrow' }, { userId }),
			{ concurCode: 'invalidDate' },
		],
	],
)('%s is explained and not repeated', async (_name, call, expected) => {
	const { fake, client, id, userId } = await startDraft();
	const before = fake.calls.length;
	expect(await failureOf(call(client, id, userId))).toMatchObject(expected);
	expect(fake.calls).toHaveLength(before + 1);
});

test('a user token needs no userId', async () => {
	const { fake, client: company } = await startFake();
	const { username, password, clientId, clientSecret } = fake.credentials;
	await company.close();
	const client = createConcurClient({
		baseUrl: fake.baseUrl,
		credentials: {
			grantType: 'password',
			credentialType: 'password',
			...{ username, password, clientId, clientSecret },
		},
	});
	const { id } = await createRequest(client, draft);
	expect(await actOnRequest(client, id, 'submit')).toMatchObject({ id });
	expect(await actOnRequest(client, id, 'recall')).toMatchObject({ id });
	await deleteRequest(client, id);
	await client.close();
});

test('a creation whose answer is lost is made once and not repeated', async () => {
	const { fake, client } = await startFake();
	const { owner } = peopleOf(fake);
	const before = fake.world.requests(owner.id).length;
	fake.faults.set({ kind: 'resetAfter', method: 'POST', times: 1 });
	expect(await failureOf(createRequest(client, draft, { userId: owner.id }))).toMatchObject({
		code: 'CONCUR_OUTCOME_UNKNOWN',
	});
	expect(fake.world.requests(owner.id)).toHaveLength(before + 1);
	expect(countCalls(fake, 'POST', /requests$/)).toBe(1);
});

test('a creation that surely did not happen is repeated', async () => {
	const { fake, client } = await startFake();
	const { owner } = peopleOf(fake);
	const before = fake.world.requests(owner.id).length;
	fake.faults.set(
		{ kind: 'rateLimit', method: 'POST', calls: [1] },
		{ kind: 'unavailable', method: 'POST', calls: [2] },
		{ kind: 'expiredToken', method: 'POST', calls: [3] },
	);
	await createRequest(client, draft, { userId: owner.id });
	expect(fake.world.requests(owner.id)).toHaveLength(before + 1);
	expect(countCalls(fake, 'POST', /requests$/)).toBe(4);
});

test('a submission whose answer is lost is not sent again', async () => {
	const { fake, client, id, userId } = await startDraft();
	fake.faults.set({ kind: 'resetAfter', method: 'POST', times: 1 });
	expect(await failureOf(actOnRequest(client, id, 'submit', { userId }))).toMatchObject({
		code: 'CONCUR_OUTCOME_UNKNOWN',
	});
	expect(countCalls(fake, 'POST', /submit$/)).toBe(1);
	expect(await getRequest(client, id, { userId })).toMatchObject({
		approvalStatus: { code: 'SUBMITTED' },
	});
});

test('updates and deletions whose answers are lost are repeated, since that does no harm', async () => {
	const { fake, client, id, userId } = await startDraft();
	fake.faults.set(
		{ kind: 'resetAfter', method: 'PUT', times: 1 },
		{ kind: 'resetAfter', method: 'DELETE', times: 1 },
	);
	expect(await updateRequest(client, id, { name: 'Rome' }, { userId })).toMatchObject({
		name: 'Rome',
	});
	await deleteRequest(client, id, { userId });
	expect(countCalls(fake, 'PUT', /./)).toBe(2);
	expect(countCalls(fake, 'DELETE', /./)).toBe(2);
	expect(fake.world.requests(userId)).not.toContain(id);
});
