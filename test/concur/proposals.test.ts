import { HttpError, OutcomeUnknownError } from '../../concur/errors';
import {
	createAgencyProposal,
	listAgencyProposals,
} from '../../concur/travel-request/agency-proposals';
import { listCostObjects } from '../../concur/travel-request/cost-objects';
import { countCalls, startFake, startServer } from './fake-client';
import { failureOf, json } from './serve';

const proposal = { agencyProposalEntries: [], booked: true, importDate: '2026-03-01' };

async function startWithRequest() {
	const { fake, client } = await startFake({ requests: 0, documentedExamples: false });
	const [user] = fake.world.users;
	if (!user) throw new Error('no user');
	return { fake, client, id: fake.world.create({ name: 'Oslo' }, user.id), userId: user.id };
}

test('proposals come back as they were sent, with the identifier Concur gave them', async () => {
	const { client, id, userId } = await startWithRequest();
	expect(await listAgencyProposals(client, id)).toEqual([]);
	const first = await createAgencyProposal(client, id, proposal, { userId });
	const second = await createAgencyProposal(client, id, { ...proposal, booked: false }, { userId });
	expect(first).toMatchObject({ ...proposal, proposalUuid: expect.any(String) });
	expect(second['proposalUuid']).not.toBe(first['proposalUuid']);
	expect(await listAgencyProposals(client, id)).toEqual([first, second]);
});

test('a company token needs the travel agent’s user ID to propose', async () => {
	const { client, id } = await startWithRequest();
	const failure = await failureOf(createAgencyProposal(client, id, proposal));
	expect(failure).toBeInstanceOf(HttpError);
	expect(failure).toMatchObject({ concurCode: 'missingRequiredParam' });
	expect(await listAgencyProposals(client, id)).toEqual([]);
});

test('a proposal whose answer is lost is not made twice', async () => {
	const { fake, client, id, userId } = await startWithRequest();
	fake.faults.set({ kind: 'resetAfter', method: 'POST', times: 1 });
	const failure = await failureOf(createAgencyProposal(client, id, proposal, { userId }));
	fake.faults.clear();
	expect(failure).toBeInstanceOf(OutcomeUnknownError);
	expect(countCalls(fake, 'POST', /agencyproposals/)).toBe(1);
});

test('cost objects are read as they are', async () => {
	const { fake, client, id } = await startWithRequest();
	expect(await listCostObjects(client, id)).toEqual([]);
	const { id: expenseId } = fake.world.addExpense(id, { transactionDate: '2026-03-01' });
	expect(await listCostObjects(client, id)).toMatchObject([
		{ isOwnedByCaller: true, expenses: [{ id: expenseId, percentage: 100 }] },
	]);
});

test.each<unknown>([{}, 'x', [3]])('the answer %j is no list', async (body) => {
	const { client } = await startServer((response) => {
		json(response, body);
	});
	for (const list of [listAgencyProposals, listCostObjects]) {
		expect(await failureOf(list(client, 'R'))).toMatchObject({ code: 'CONCUR_UNEXPECTED_BODY' });
	}
});
