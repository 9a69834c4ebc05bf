import { agencyId } from '../../fake-concur/world/users';
import { views } from '../../fake-concur/world/views';
import { ids, rows, startClient, stopAll, text } from './client';

afterEach(stopAll);

describe('views', () => {
	test.each(views)('%s holds what it promises', async (view) => {
		const client = await startClient({ requests: 400 });
		const agent = client.fake.world.users.at(-1);
		const reply = await client.list({ view, userId: agent?.id ?? '', limit: 100 });
		const expected: Record<string, RegExp> = {
			UNSUBMITTED: /^(NOT_SUBMITTED|SENTBACK)$/,
			PENDING: /^SUBMITTED$/,
			TOAPPROVE: /^SUBMITTED$/,
			VALIDATED: /^(APPROVED|PENDING_BOOKING)$/,
			APPROVED: /^(APPROVED|PENDING_BOOKING)$/,
			ACTIVEAPPROVED: /^(APPROVED|PENDING_BOOKING)$/,
			CANCELED: /^CANCELED$/,
			SUBMITTED: /^(SUBMITTED|APPROVED|PENDING_BOOKING)$/,
			PENDINGEBOOKING: /^PENDING_BOOKING$/,
			PENDINGPROPOSAL: /^SUBMITTED$/,
			PROPOSALAPPROVED: /^(APPROVED|PENDING_BOOKING)$/,
			PROPOSALCANCELED: /^CANCELED$/,
		};
		expect(rows(reply).length).toBeGreaterThan(0);
		for (const row of rows(reply)) {
			expect(text(row, 'approvalStatus', 'code')).toMatch(expected[view] ?? /./);
			if (view === 'CLOSED') expect(row['closed']).toBe(true);
			if (view.startsWith('ACTIVE')) expect(row['closed']).toBe(false);
		}
	});

	test('of an approver show the requests of others', async () => {
		const client = await startClient({ requests: 100 });
		const [first, second] = client.fake.world.users;
		const reply = await client.list({ view: 'TOAPPROVE', userId: second?.id ?? '', limit: 100 });
		const owners = new Set(rows(reply).map((row) => text(row, 'owner', 'id')));
		expect(owners).toEqual(new Set([first?.id]));
	});

	test('of a user token show that user only', async () => {
		const client = await startClient({ tokenKind: 'user' });
		const owners = rows(await client.list({ limit: 100 })).map((row) => text(row, 'owner', 'id'));
		expect(new Set(owners)).toEqual(new Set([client.fake.world.users[0]?.id]));
	});

	test('of an agent hold the requests of the agency only', async () => {
		const client = await startClient({ requests: 200 });
		const { world } = client.fake;
		const agent = world.users.at(-1)?.id ?? '';
		for (const id of ids(
			await client.list({ view: 'PROPOSALAPPROVED', userId: agent, limit: 100 }),
		)) {
			expect(text(world.truth(id)?.request, 'travelAgency', 'id')).toBe(agencyId);
		}
	});

	test('of an agent need an agent of the agency', async () => {
		const client = await startClient({ requests: 100 });
		const [stranger] = client.fake.world.users;
		expect(stranger?.agencyId).not.toBe(agencyId);
		const reply = await client.list({ view: 'PROPOSALAPPROVED', userId: stranger?.id ?? '' });
		expect(ids(reply)).toEqual([]);
	});
});
