import { ids, member, rows, startClient, stopAll, text } from './client';

afterEach(stopAll);

describe('windows of modification', () => {
	const at = '2026-02-01T10:00:00Z';
	test.each([
		['inclusive', { modifiedAfter: at }, ['on', 'after']],
		['inclusive', { modifiedBefore: at }, ['before', 'on']],
		['exclusive', { modifiedAfter: at }, ['after']],
		['exclusive', { modifiedBefore: at }, ['before']],
		['inclusive', { modifiedAfter: at, modifiedBefore: at }, ['on']],
		['exclusive', { modifiedAfter: at, modifiedBefore: at }, []],
	] as const)('are %s: %j holds %j', async (inclusivity, window, expected) => {
		const client = await startClient({ requests: 0, inclusivity });
		const { world } = client.fake;
		const shifts = { before: -1000, on: 0, after: 1000 };
		for (const [name, shift] of Object.entries(shifts)) {
			world.backdate(world.create({ name }), new Date(Date.parse(at) + shift));
		}
		const names = rows(await client.list({ ...window, limit: 100 })).map((row) =>
			text(row, 'name'),
		);
		expect(names.sort()).toEqual([...expected].sort());
	});

	test('take a date without time as midnight', async () => {
		const client = await startClient({ requests: 0 });
		const { world } = client.fake;
		world.backdate(world.create({ name: 'x' }), new Date('2026-02-01T00:00:00Z'));
		expect(ids(await client.list({ modifiedAfter: '2026-02-01' }))).toHaveLength(1);
		expect(ids(await client.list({ modifiedAfter: '2026-02-02' }))).toHaveLength(0);
	});

	test('see the hidden milliseconds, or whole seconds when told so', async () => {
		const client = await startClient({ requests: 0, now: new Date('2026-03-01T12:00:00.600Z') });
		const window = {
			modifiedAfter: '2026-03-01T12:00:00Z',
			modifiedBefore: '2026-03-01T12:00:00Z',
		};
		client.fake.world.create({ name: 'with milliseconds' });
		expect(ids(await client.list(window))).toHaveLength(0);
		client.fake.quirks.modifiedPrecision = 's';
		client.fake.clock.set(new Date('2026-03-01T12:00:00.600Z'));
		client.fake.world.create({ name: 'whole second' });
		expect(ids(await client.list(window))).toHaveLength(1);
	});

	test('can hold a thousand requests of one second', async () => {
		const client = await startClient();
		const second = new Date('2026-02-10T08:00:00Z');
		const crowd = client.fake.world.crowdSecond(1000, second);
		client.fake.quirks.noLinksOnSinglePage = false;
		const found = new Set<string>();
		for (let start = 0; start < 1000; start += 100) {
			const window = {
				modifiedAfter: '2026-02-10T08:00:00Z',
				modifiedBefore: '2026-02-10T08:00:01Z',
			};
			for (const id of ids(await client.list({ ...window, start, limit: 100 }))) found.add(id);
		}
		expect(found).toEqual(new Set(crowd));
	});

	test('never hold a request without a modification date', async () => {
		const client = await startClient({ requests: 3 });
		const id = client.fake.world.requests()[0] ?? '';
		client.fake.world.backdate(id, undefined);
		expect(ids(await client.list({ modifiedBefore: '2030-01-01' }))).not.toContain(id);
		expect(ids(await client.list())).toContain(id);
		const detail = await client.get(`/travelrequest/v4/requests/${id}`);
		expect(member(detail.json, 'lastModified')).toBeNull();
	});

	test('filter by approval as well', async () => {
		const client = await startClient({ requests: 300 });
		const reply = await client.list({ approvedAfter: '2020-01-01', limit: 100 });
		const states = new Set(rows(reply).map((row) => text(row, 'approvalStatus', 'code')));
		expect([...states].sort()).toEqual(['APPROVED', 'CANCELED', 'PENDING_BOOKING']);
	});
});
