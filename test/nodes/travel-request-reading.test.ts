import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { byId, jsonOf } from '../support/n8n/run-concur';
import { openTravelScene } from '../support/n8n/travel-scene';

const BASE = '/travelrequest/v4/requests';
const DEFAULT_SORT = { sortField: 'requestId', sortOrder: 'ASC' };

function idsOf(items: readonly IDataObject[]): unknown[] {
	return items.map(({ id }) => id);
}

describe('Getting a travel request', () => {
	it('returns all that Concur tells, or its ten most useful fields', async () => {
		const { bench, fake, request, on, sent, traveler } = await openTravelScene();
		const id = request(['submit'], { businessPurpose: 'Training' });
		const raw = await bench.run('travelRequest', 'get', { ...on(id), simplify: false });
		expect(jsonOf(raw)).toEqual([fake.world.truth(id)?.request]);
		const simple = await bench.run('travelRequest', 'get', on(id));
		const { requestId } = jsonOf(raw)[0] ?? {};
		expect(jsonOf(simple)).toEqual([
			{
				id,
				requestId,
				name: 'Training in Lyon',
				businessPurpose: 'Training',
				status: 'SUBMITTED',
				startDate: '2026-12-21',
				endDate: '2026-12-23',
				totalApprovedAmount: 0,
				currency: 'USD',
				owner: 'John Doe',
			},
		]);
		expect(sent()).toMatchObject([
			{ method: 'GET', path: `${BASE}/${id}`, query: { userId: traveler } },
			{ method: 'GET', path: `${BASE}/${id}`, query: { userId: traveler } },
		]);
	});

	it('keeps every digit of an amount that a JavaScript number would round', async () => {
		const { bench, fake } = await openTravelScene({ requests: 30 });
		const amount = '1000000000000000.01';
		const id = fake.world
			.requests()
			.find((one) =>
				fake.world.truthText(one)?.includes(`"totalApprovedAmount":{"value":${amount}`),
			);
		const parameters = { requestId: byId(String(id)) };
		const simple = await bench.run('travelRequest', 'get', parameters);
		expect(jsonOf(simple)).toMatchObject([{ totalApprovedAmount: amount }]);
		const raw = await bench.run('travelRequest', 'get', { ...parameters, simplify: false });
		expect(jsonOf(raw)).toMatchObject([{ totalApprovedAmount: { value: amount } }]);
	});

	it('takes the ID out of an address, and blanks around an ID away', async () => {
		const { bench, request } = await openTravelScene();
		const id = request();
		const url = `https://us2.api.concursolutions.com/travelrequest/v4/requests/${id}?userId=1`;
		for (const requestId of [{ __rl: true, mode: 'url', value: url }, byId(` ${id}\n`)]) {
			const run = await bench.run('travelRequest', 'get', { requestId });
			expect(idsOf(jsonOf(run))).toEqual([id]);
		}
	});

	it('keeps the order and the pairs of many items, though it reads several at once', async () => {
		const { bench, fake } = await openTravelScene({ requests: 12, latencyMs: 2 });
		const ids = fake.world.requests().reverse();
		const run = await bench.run(
			'travelRequest',
			'get',
			{ requestId: byId('={{ $json.id }}') },
			{ items: ids.map((id) => ({ id })) },
		);
		expect(idsOf(jsonOf(run))).toEqual(ids);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
	});
});

describe('Getting many travel requests', () => {
	it('asks for all of the user’s view, in the order that edits disturb least', async () => {
		const { bench, fake, sent, traveler } = await openTravelScene({ requests: 30 });
		const parameters = { userId: byId(traveler), returnAll: true, simplify: false };
		const run = await bench.run('travelRequest', 'getAll', parameters);
		const ids = fake.world.requests(traveler);
		expect(idsOf(jsonOf(run))).toEqual(ids);
		expect(jsonOf(run).map(Object.keys)).toEqual(
			ids.map((id) => Object.keys(fake.world.truth(id)?.listItem ?? {})),
		);
		expect(sent()).toMatchObject([
			{
				method: 'GET',
				path: BASE,
				query: { view: 'ALL', userId: traveler, start: '0', limit: '100', ...DEFAULT_SORT },
			},
		]);
	});

	it('returns each request of several pages once', async () => {
		const { bench, fake, sent } = await openTravelScene({ requests: 250 });
		const run = await bench.run('travelRequest', 'getAll', { returnAll: true });
		expect(idsOf(jsonOf(run))).toEqual(fake.world.requests());
		expect(sent().length).toBeGreaterThanOrEqual(3);
		expect(run.items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(
			true,
		);
	});

	it.each([
		[1, ['1']],
		[50, ['50']],
		[130, ['100', '100']],
	])('stops at a limit of %i', async (limit, limits) => {
		const { bench, fake, sent } = await openTravelScene({ requests: 250 });
		const run = await bench.run('travelRequest', 'getAll', { limit });
		expect(idsOf(jsonOf(run))).toEqual(fake.world.requests().slice(0, limit));
		expect(sent().map(({ query }) => query['limit'])).toEqual(limits);
	});

	it('stops at 50 where nothing else is said, and simplifies', async () => {
		const { bench } = await openTravelScene({ requests: 60 });
		const items = jsonOf(await bench.run('travelRequest', 'getAll'));
		expect(items).toHaveLength(50);
		expect(new Set(items.map((item) => Object.keys(item).length))).toEqual(new Set([10]));
	});

	it('returns nothing where there is nothing', async () => {
		const { bench } = await openTravelScene();
		expect(jsonOf(await bench.run('travelRequest', 'getAll', { returnAll: true }))).toEqual([]);
	});

	it('lists what waits for an approver', async () => {
		const { bench, request, sent, approver } = await openTravelScene();
		request();
		const id = request(['submit']);
		const run = await bench.run('travelRequest', 'getAll', {
			view: 'TOAPPROVE',
			userId: byId(approver),
			filters: { includeDelegateApprovals: true },
		});
		expect(idsOf(jsonOf(run))).toEqual([id]);
		expect(sent()[0]?.query).toMatchObject({ view: 'TOAPPROVE', includeDelegateApprovals: 'true' });
	});

	it.each([
		['UNSUBMITTED', 0],
		['PENDING', 1],
		['CANCELED', 2],
		['CLOSED', 3],
	])('lists the view %s', async (view, place) => {
		const { bench, request, traveler } = await openTravelScene();
		const ids = [
			request(),
			request(['submit']),
			request(['submit', 'cancel']),
			request(['submit', 'approve', 'close']),
		];
		const parameters = { view, userId: byId(traveler) };
		expect(idsOf(jsonOf(await bench.run('travelRequest', 'getAll', parameters)))).toEqual([
			ids[place],
		]);
	});

	it.each([
		['startDate', 'ASC', ['2027-01-01', '2027-02-01', '2027-03-01']],
		['startDate', 'DESC', ['2027-03-01', '2027-02-01', '2027-01-01']],
		['startDate', undefined, ['2027-01-01', '2027-02-01', '2027-03-01']],
		['requestId', 'DESC', ['2027-01-01', '2027-03-01', '2027-02-01']],
		[undefined, 'DESC', ['2027-01-01', '2027-03-01', '2027-02-01']],
		['approvalStatus', 'ASC', ['2027-02-01', '2027-03-01', '2027-01-01']],
		['approvalStatus', 'DESC', ['2027-01-01', '2027-03-01', '2027-02-01']],
	])('sorts by %s, %s', async (sortField, sortOrder, days) => {
		const { bench, request, sent } = await openTravelScene();
		request([], { startDate: '2027-02-01' });
		request(['submit'], { startDate: '2027-03-01' });
		request(['submit', 'approve'], { startDate: '2027-01-01' });
		const sort: INodeParameters = {
			...(sortField !== undefined && { sortField }),
			...(sortOrder !== undefined && { sortOrder }),
		};
		const items = jsonOf(await bench.run('travelRequest', 'getAll', { sort }));
		expect(items.map(({ startDate }) => startDate)).toEqual(days);
		expect(sent()[0]?.query).toMatchObject({
			sortField: sortField ?? 'requestId',
			sortOrder: sortOrder ?? 'ASC',
		});
	});

	it.each(['modifiedAfter', 'modifiedBefore', 'approvedAfter', 'approvedBefore'])(
		'filters by %s',
		async (filter) => {
			const { bench, fake, request, sent } = await openTravelScene();
			const old = request(['submit', 'approve']);
			fake.clock.advance(3_600_000);
			const young = request(['submit', 'approve']);
			const filters = { [filter]: '2026-11-21T12:30:00' };
			const run = await bench.run('travelRequest', 'getAll', { filters });
			expect(idsOf(jsonOf(run))).toEqual([filter.endsWith('After') ? young : old]);
			expect(sent()[0]?.query).toMatchObject({ [filter]: '2026-11-21T12:30:00Z' });
		},
	);

	it('sends no filter that is empty', async () => {
		const { bench, sent } = await openTravelScene();
		const filters = {
			modifiedAfter: '',
			approvedBefore: '={{ $json.none }}',
			includeDelegateApprovals: false,
		};
		jsonOf(await bench.run('travelRequest', 'getAll', { filters, limit: 3 }));
		expect(sent()[0]?.query).toEqual({ view: 'ALL', start: '0', limit: '3', ...DEFAULT_SORT });
	});

	it.each([
		['in the zone of the workflow', 'Pacific/Auckland', '2026-11-21T08:30:00', '20T19:30:00Z'],
		['in a zone that has summer time', 'America/New_York', '2026-11-01T00:30:00', '01T04:30:00Z'],
		['with a blank in it', 'Europe/Berlin', '2026-11-21 08:30:00', '21T07:30:00Z'],
		['without a time', 'Europe/Berlin', '2026-11-21', '20T23:00:00Z'],
		['in UTC', 'Pacific/Auckland', '2026-11-21T08:30:00Z', '21T08:30:00Z'],
		['with an offset', 'Pacific/Auckland', '2026-11-21T08:30:00+05:30', '21T03:00:00Z'],
		['with milliseconds', 'UTC', '2026-11-21T08:30:00.999Z', '21T08:30:00Z'],
		['as a luxon object', 'Asia/Tokyo', '={{ $json.at.toDateTime() }}', '21T08:30:00Z'],
		['as a Date', 'Asia/Tokyo', '={{ new Date($json.at) }}', '21T08:30:00Z'],
		[
			'as $now of n8n',
			'Asia/Tokyo',
			'={{ $now.set({ year: 2026, month: 11 }).startOf("month") }}',
			'',
		],
	])('understands a moment %s', async (_, timezone, modifiedAfter, moment) => {
		const { bench, sent } = await openTravelScene();
		const run = await bench.run(
			'travelRequest',
			'getAll',
			{ filters: { modifiedAfter } },
			{ timezone, items: [{ at: '2026-11-21T08:30:00.000Z' }] },
		);
		expect(jsonOf(run)).toEqual([]);
		const wanted = moment === '' ? '2026-10-31T15:00:00Z' : `2026-11-${moment}`;
		expect(sent()[0]?.query['modifiedAfter']).toBe(wanted);
	});

	it('lists once for each item, and pairs what it lists with it', async () => {
		const { bench, fake } = await openTravelScene({ requests: 20 });
		const users = fake.world.users.map(({ id }) => id);
		const run = await bench.run(
			'travelRequest',
			'getAll',
			{ userId: byId('={{ $json.user }}'), returnAll: true },
			{ items: users.map((user) => ({ user })) },
		);
		expect(idsOf(jsonOf(run))).toEqual(users.flatMap((user) => fake.world.requests(user)));
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(
			users.flatMap((user, item) => fake.world.requests(user).map(() => ({ item }))),
		);
	});
});
