import type { Answer, Twist } from './gateway';
import { playTable, type HostileRow, type Scene } from './scene';
import { change, changeItems, detailOf, html, isList, json, notFound } from './twists';

/** Every detail is answered so, whatever was asked. */
function everyDetail(answer: () => Answer): Twist {
	return (call, pass) => (detailOf(call) === undefined ? pass() : answer());
}

/** A run that could read no record: nothing is taken as deleted, and a sound server brings all. */
async function loseNothing({ run, deleted, missing, living, gateway }: Scene): Promise<void> {
	const { code, summary } = await run();
	expect([code, summary.status]).toEqual([3, 'incomplete']);
	expect(summary.deadLetters).toBe(30);
	expect([living(), deleted()]).toEqual([[], []]);
	gateway.twist(undefined);
	expect((await run()).summary).toMatchObject({ status: 'complete', deadLetters: 0 });
	expect([missing(), deleted()]).toEqual([[], []]);
}

const refusals: readonly (readonly [string, () => Answer])[] = [
	['a gateway answers 404 in HTML', () => html(404, 'Not Found')],
	['a gateway answers 404 without a body', () => ({ status: 404, headers: {}, body: '' })],
	['a gateway answers 404 in JSON of its own', () => json({ error: 'not_found' }, 404)],
	['an outage answers notFound', notFound],
	['everything is answered 204', () => ({ status: 204, headers: {}, body: '' })],
	['everything is answered 206', () => json({ id: 'X' }, 206)],
];

const notTheirs = refusals.map<HostileRow>(([server, answer]) => ({
	server: `${server} for every detail`,
	comesOut: 'nothing is deleted, all is a dead letter and comes later',
	twist: everyDetail(answer),
	play: loseNothing,
}));

playTable('A detail', [
	...notTheirs,
	{
		server: 'one record that is listed is answered notFound, once',
		comesOut: 'a dead letter, and the record later',
		async play({ run, fake, gateway, missing, deleted }) {
			const [stray] = fake.world.requests();
			gateway.twist((call, pass) => (detailOf(call) === stray ? notFound() : pass()));
			expect(await run()).toMatchObject({ code: 3, summary: { deadLetters: 1 } });
			expect([missing(), deleted()]).toEqual([[stray], []]);
			// It is tried first and found missing again, and its window still lists it.
			expect(await run()).toMatchObject({ code: 3, summary: { deadLetters: 1 } });
			expect(deleted()).toEqual([]);
			gateway.twist(undefined);
			expect(await run()).toMatchObject({ code: 0, summary: { deadLetters: 0 } });
			expect([missing(), deleted()]).toEqual([[], []]);
		},
	},
	{
		server: 'a record is deleted between its listing and its reading',
		comesOut: 'it is marked as deleted, and the run is complete',
		async play({ run, fake, gateway, deleted, missing }) {
			await run();
			const [gone = ''] = fake.world.requests();
			fake.world.edit(gone, { name: 'about to go' });
			fake.clock.advance(3_600_000);
			gateway.twist(async (call, pass) => {
				if (detailOf(call) === gone) fake.world.delete(gone);
				return pass();
			});
			const { code, summary } = await run();
			expect([code, summary.status]).toEqual([0, 'complete']);
			expect([missing(), deleted()]).toEqual([[], [gone]]);
		},
	},
	{
		server: 'a dead letter is deleted in Concur before the next run',
		comesOut: 'its window, listed anew without it, is the second sign',
		async play({ run, fake, gateway, deleted, missing }) {
			await run();
			const [gone = ''] = fake.world.requests();
			fake.world.edit(gone, { name: 'about to go' });
			fake.clock.advance(3_600_000);
			gateway.twist((call, pass) => (detailOf(call) === gone ? html(404, 'No') : pass()));
			expect(await run()).toMatchObject({ code: 3, summary: { deadLetters: 1 } });
			fake.world.delete(gone);
			gateway.twist(undefined);
			expect(await run()).toMatchObject({ code: 0, summary: { deadLetters: 0 } });
			expect([missing(), deleted()]).toEqual([[], [gone]]);
		},
	},
	{
		server: 'a cache answers one record with another',
		comesOut: 'the other one stays what it is, and the asked one comes later',
		async play({ run, fake, gateway, missing, rows, kind }) {
			const [asked = '', other = ''] = fake.world.requests();
			gateway.twist((call, pass) =>
				detailOf(call) === asked ? pass({ path: call.path.replace(asked, other) }) : pass(),
			);
			const { code, summary } = await run();
			expect([code, summary.deadLetters]).toEqual([3, 1]);
			expect(missing()).toEqual([asked]);
			expect(rows().filter(({ id }) => id === other)).toHaveLength(1);
			if (kind === 'sqlite')
				expect(rows('_sap_concur_dead_letters')).toMatchObject([{ code: 'CONCUR_OTHER_RECORD' }]);
			gateway.twist(undefined);
			expect(await run()).toMatchObject({ code: 0, summary: { deadLetters: 0 } });
			expect(missing()).toEqual([]);
		},
	},
	{
		server: 'ids come in lower case in details',
		comesOut: 'the records, each under the id of the list',
		twist: async (call, pass) => {
			const asked = detailOf(call);
			if (asked === undefined) return pass();
			return change(await pass(), (body) => ({ ...body, id: asked.toLowerCase() }));
		},
		async play({ run, missing }) {
			expect(await run()).toMatchObject({ code: 0, summary: { deadLetters: 0 } });
			expect(missing()).toEqual([]);
		},
	},
]);

const CHILDREN = /^\/travelrequest\/v4\/(requests|expenses)\/[^/]+\/\w+$/;
const childTables = ['expenses', 'comments', 'exceptions', 'cash_advances'].map(
	(name) => `travel_request_${name}`,
);

const broken: readonly (readonly [string, Answer])[] = [
	['204', { status: 204, headers: {}, body: '' }],
	['an empty body', { status: 200, headers: {}, body: '' }],
	['null', json(null)],
	['202 and an empty list', json([], 202)],
	['206 and an empty list', json([], 206)],
	['404 in HTML', html(404, 'Not Found')],
];

const emptyChildren = broken.map<HostileRow>(([what, answer]) => ({
	server: `every list of children is answered by ${what}`,
	comesOut: 'no stored child is removed, and the run says what it could not read',
	world: { requests: 4 },
	async play({ run, fake, gateway, rows, missing }) {
		expect(await run(['--detail', 'full'])).toMatchObject({ code: 0 });
		const before = childTables.map((table) => rows(table));
		expect(before[0]?.length).toBeGreaterThan(0);
		for (const id of fake.world.requests()) fake.world.edit(id, { name: 'edited' });
		fake.clock.advance(3_600_000);
		gateway.twist((call, pass) => (CHILDREN.test(call.path) ? answer : pass()));
		const { code, summary } = await run(['--detail', 'full']);
		expect([code, summary.status]).toEqual([3, 'incomplete']);
		expect(summary.deadLetters).toBeGreaterThan(0);
		expect(childTables.map((table) => rows(table))).toEqual(before);
		gateway.twist(undefined);
		expect(await run(['--detail', 'full'])).toMatchObject({ code: 0 });
		expect(missing()).toEqual([]);
	},
}));

playTable('Children', [
	...emptyChildren,
	{
		server: 'a request without any children answers 204 for each list',
		comesOut: 'it has none, as its own details say',
		world: { requests: 1 },
		twist: async (call, pass) => {
			if (CHILDREN.test(call.path)) return { status: 204, headers: {}, body: '' };
			if (detailOf(call) === undefined) return pass();
			return change(await pass(), (body) => ({
				...body,
				...{ expenses: [], comment: null, highestExceptionLevel: 'NONE', cashAdvances: null },
				...{
					totalApprovedAmount: null,
					totalPostedAmount: { value: 0 },
					totalRemainingAmount: null,
				},
			}));
		},
		async play({ run, missing }) {
			expect(await run(['--detail', 'full'])).toMatchObject({ code: 0 });
			expect(missing()).toEqual([]);
		},
	},
]);

const oddIds = [
	...['with a blank', '100%', '..', 'a/b', 'a\\b', 'tab\t', 'nul\u0000', 'half\ud800', '\u202e'],
	...['x'.repeat(300), 'y'.repeat(36_000)],
];

const noRecords = [
	null,
	7,
	'text',
	[],
	{},
	{ id: null },
	{ id: 7 },
	{ id: '' },
	{ name: '\u001b[2J' },
];

/** What no parser of ours may fail on, and no writer of JSON can write. */
function nest(id: string, levels: number): string {
	return `{"id":"${id}","custom1":${'['.repeat(levels)}1.23456789012345678901${']'.repeat(levels)}}`;
}

/** A run that takes in all sound records, and later runs that are rid of the bad ones. */
async function containBad(
	{ run, missing, gateway, rows, kind }: Scene,
	count: number,
	args: readonly string[] = [],
): Promise<void> {
	for (let attempts = 1; attempts < 3; attempts++) {
		const { code, summary } = await run(args);
		expect([code, summary.status, summary.deadLetters]).toEqual([3, 'incomplete', count]);
		expect(missing()).toEqual([]);
		if (kind !== 'sqlite') continue;
		const letters = rows('_sap_concur_dead_letters');
		expect(letters.map((letter) => letter['attempts'])).toEqual(Array(count).fill(attempts));
		for (const { record_id, message } of letters)
			expect(`${record_id} ${message}`).toMatch(/^[ -~]{10,300}$/);
	}
	gateway.twist(undefined);
	expect((await run(args)).summary).toMatchObject({ status: 'complete', deadLetters: 0 });
	if (kind === 'sqlite') expect(rows('_sap_concur_dead_letters')).toEqual([]);
	expect(missing()).toEqual([]);
}

const addItems =
	(extra: readonly unknown[]): Twist =>
	async (call, pass) =>
		isList(call) ? changeItems(await pass(), (items) => [...items, ...extra]) : pass();

playTable('A bad record', [
	{
		server: 'ids that lead elsewhere, cannot be shown or are as long as a page',
		comesOut: 'one dead letter each, all others, and none once they are listed no more',
		twist: addItems(oddIds.map((id) => ({ id }))),
		play: (scene) => containBad(scene, oddIds.length),
	},
	{
		server: 'the same ids where the list is all that is read',
		comesOut: 'the same',
		twist: addItems(oddIds.map((id) => ({ id }))),
		play: (scene) => containBad(scene, oddIds.length, ['--detail', 'list']),
	},
	{
		server: 'members of a list that are no object or have no id',
		comesOut: 'one dead letter each, all others, and none once they are listed no more',
		twist: addItems(noRecords),
		play: (scene) => containBad(scene, noRecords.length),
	},
	{
		server: 'a listed record nested 8,000 levels deep',
		comesOut: 'one dead letter, and the record once it is sound',
		async play({ run, fake, gateway, missing }) {
			const [deep = ''] = fake.world.requests();
			gateway.twist(async (call, pass) => {
				if (!isList(call)) return pass();
				const answer = await pass();
				const body = changeItems(answer, (items) =>
					items.map((item) => (item['id'] === deep ? 'DEEP' : item)),
				).body;
				return { ...answer, body: body.replace('"DEEP"', nest(deep, 8_000)) };
			});
			const args = ['--detail', 'list'];
			expect(await run(args)).toMatchObject({ code: 3, summary: { deadLetters: 1 } });
			expect(missing()).toEqual([deep]);
			gateway.twist(undefined);
			expect(await run(args)).toMatchObject({ code: 0, summary: { deadLetters: 0 } });
			expect(missing()).toEqual([]);
		},
	},
	...[8_000, 100_000].map((levels): HostileRow => ({
		server: `the detail of one record is nested ${levels} levels deep`,
		comesOut: 'one dead letter, and the record once it is sound',
		async play({ run, fake, gateway, missing }) {
			const [deep = ''] = fake.world.requests();
			gateway.twist((call, pass) =>
				detailOf(call) === deep ? { ...json({}), body: nest(deep, levels) } : pass(),
			);
			expect(await run()).toMatchObject({ code: 3, summary: { deadLetters: 1 } });
			expect(missing()).toEqual([deep]);
			gateway.twist(undefined);
			expect(await run()).toMatchObject({ code: 0, summary: { deadLetters: 0 } });
			expect(missing()).toEqual([]);
		},
	})),
	...['a/../b', 'e'.repeat(36_000)].map((id): HostileRow => ({
		server: `an expected expense has an id like ${id.slice(0, 8)}`,
		comesOut: 'its request is one dead letter',
		world: { requests: 3 },
		async play({ run, fake, gateway, missing }) {
			const [bad = ''] = fake.world.requests();
			gateway.twist((call, pass) =>
				call.path.endsWith(`/requests/${bad}/expenses`) ? json([{ id }]) : pass(),
			);
			const args = ['--detail', 'full'];
			expect(await run(args)).toMatchObject({ code: 3, summary: { deadLetters: 1 } });
			expect(missing()).toEqual([bad]);
			gateway.twist(undefined);
			expect(await run(args)).toMatchObject({ code: 0, summary: { deadLetters: 0 } });
			expect(missing()).toEqual([]);
		},
	})),
]);

/** Concur's refusal of a call for its parameters. */
function refuseParameter(errorCode: string): Answer {
	return json({ errors: [{ errorCode, errorMessage: 'parameter(s) userId' }] }, 400);
}

const byId = /^\/travelrequest\/v4\/\w+\/./;

playTable('Parameters', [
	{
		server: 'no call by an id may name a user',
		comesOut: 'all is read, without it',
		world: { requests: 4 },
		twist: (call, pass) =>
			byId.test(call.path) && call.query.has('userId')
				? refuseParameter('unsupportedParam')
				: pass(),
		async play({ run, missing, gateway }) {
			const twisted = gateway.calls;
			const { code, summary } = await run(['--detail', 'request']);
			expect([code, summary.deadLetters, missing()]).toEqual([0, 0, []]);
			expect(twisted.some(({ query }) => !query.has('userId'))).toBe(true);
		},
	},
	{
		server: 'calls whose pages list no user want one',
		comesOut: 'all is read, with it',
		world: { requests: 4 },
		twist: (call, pass) => {
			if (!/\/(requests\/\w+\/comments|cashadvances\/\w+)$/.test(call.path)) return pass();
			if (!call.query.has('userId')) return refuseParameter('missingRequiredParam');
			const query = new URLSearchParams(call.query);
			query.delete('userId');
			return pass({ query });
		},
		async play({ run, missing }) {
			const { code, summary } = await run(['--detail', 'full']);
			expect([code, summary.deadLetters, missing()]).toEqual([0, 0, []]);
		},
	},
]);

playTable('A request that is listed twice', [
	{
		server: 'the views of two users show the same requests',
		comesOut: 'each is written once and counted once',
		world: { users: 2, requests: 40 },
		async play({ run, fake, gateway, rows }) {
			const [first = '', second = ''] = fake.world.users.map(({ id }) => id);
			gateway.twist((call, pass) => {
				if (!isList(call) || call.query.get('userId') !== second) return pass();
				const query = new URLSearchParams(call.query);
				query.set('userId', first);
				return pass({ query });
			});
			const users = ['--user', first, '--user', second];
			const owned = fake.world.requests(first);
			const { code, summary } = await run(users);
			expect(code).toBe(0);
			expect(summary['tables']).toMatchObject({
				travel_requests: { inserted: owned.length, updated: 0, unchanged: owned.length },
			});
			expect(rows()).toHaveLength(owned.length);
			const [edited = ''] = owned;
			fake.world.edit(edited, { name: 'edited' });
			fake.clock.advance(3_600_000);
			await run(users);
			const versions = rows().filter(({ id }) => id === edited);
			expect(versions.filter(({ name }) => name === 'edited')).toHaveLength(1);
		},
	},
	{
		server: 'a request is edited between its listing and its reading',
		comesOut: 'the next run, which lists it again, does not write it again',
		async play({ run, fake, gateway, rows, kind }) {
			await run();
			const [edited = ''] = fake.world.requests();
			fake.world.edit(edited, { name: 'first' });
			fake.clock.advance(3_600_000);
			let edits = 0;
			gateway.twist((call, pass) => {
				if (detailOf(call) === edited && edits++ === 0) fake.world.edit(edited, { name: 'second' });
				return pass();
			});
			await run();
			fake.clock.advance(3_600_000);
			const { summary } = await run();
			expect(summary['tables']).toMatchObject({
				travel_requests: { inserted: 0, updated: 0, unchanged: 1 },
			});
			const versions = rows().filter(({ id }) => id === edited);
			expect(versions.map(({ name }) => name).slice(-1)).toEqual(['second']);
			expect(versions).toHaveLength(kind === 'csv' ? 2 : 1);
		},
	},
]);
