import { z } from 'zod';
import type { JsonObject } from '../../concur/json';
import type { Answer, Call, Pass, Twist } from './gateway';
import { playTable, type HostileRow, type Scene, type Summary } from './scene';
import { change, changeItems, html, isList, json, notFound } from './twists';

/** Thin rows are enough: here it is the lists that are wrong. */
const THIN = ['--detail', 'list'];

const HOUR = 3_600_000;

/** So many requests that pages are full, and the time between them is cut. */
const WORLD = { requests: 450, spanDays: 100 };

type Query = Record<string, string | undefined>;

/** Changes what list calls ask for. */
const asking =
	(edit: (call: Call) => Query): Twist =>
	(call, pass) => {
		if (!isList(call)) return pass();
		const query = new URLSearchParams(call.query);
		for (const [name, value] of Object.entries(edit(call))) {
			if (value === undefined) query.delete(name);
			else query.set(name, value);
		}
		return pass({ query });
	};

/** Changes the pages of lists. */
const listing =
	(edit: (answer: Answer, call: Call) => Answer): Twist =>
	async (call, pass) => {
		const answer = await pass();
		return isList(call) && answer.status === 200 ? edit(answer, call) : answer;
	};

const withLink = (rel: string, start: number): Twist =>
	listing((answer) =>
		change(answer, (page) => ({
			...page,
			operations: [{ rel, href: `https://us.example/requests?start=${start}` }],
		})),
	);

/** No page has more rows than that, and none says that others follow. */
const atMost = (rows: number): Twist =>
	listing((answer) =>
		change(answer, ({ data }) => ({
			data: z.array(z.unknown()).parse(data).slice(0, rows),
			operations: [],
		})),
	);

const answerLists =
	(answer: Answer): Twist =>
	(call, pass) =>
		isList(call) ? answer : pass();

const listCalls = ({ gateway }: Scene): number => gateway.calls.filter(isList).length;

const codesOf = ({ errors, warnings }: Summary): string[] =>
	[...errors, ...warnings].map(({ code }) => code);

interface Expected {
	readonly code: number;
	readonly codes?: readonly string[];
	readonly calls: number;
}

/** All rows are in the target after one run. */
function comesRight({ code, codes = [], calls }: Expected): HostileRow['play'] {
	return async (scene) => {
		scene.fake.clock.advance(HOUR);
		const outcome = await scene.run(THIN);
		expect(codesOf(outcome.summary)).toEqual(codes);
		expect(outcome.code).toBe(code);
		expect(listCalls(scene)).toBeLessThanOrEqual(calls);
		expect(scene.missing()).toEqual([]);
	};
}

/** Nothing is taken as read, and the next run reads it where the server has come to its senses. */
function staysOpen({ code, codes = [], calls }: Expected): HostileRow['play'] {
	return async (scene) => {
		scene.fake.clock.advance(HOUR);
		const outcome = await scene.run(THIN);
		expect([...new Set(codesOf(outcome.summary))]).toEqual(codes);
		expect(outcome.code).toBe(code);
		expect(outcome.summary.watermark ?? null).toBeNull();
		expect(listCalls(scene)).toBeLessThanOrEqual(calls);
		scene.gateway.twist(undefined);
		expect((await scene.run(THIN)).code).toBe(0);
		expect(scene.missing()).toEqual([]);
	};
}

playTable('Lists', [
	{
		server: 'a last link that is far behind the end, whatever is asked',
		comesOut: 'all is read, and the link is not believed again',
		world: WORLD,
		twist: withLink('last', 480_000),
		play: comesRight({ code: 0, calls: 120 }),
	},
	{
		server: 'a next link on every page',
		comesOut: 'all is read',
		world: WORLD,
		twist: withLink('next', 100),
		play: comesRight({ code: 0, calls: 60 }),
	},
	{
		server: 'a totalCount far too high',
		comesOut: 'all is read',
		world: WORLD,
		twist: listing((answer) => change(answer, (page) => ({ ...page, totalCount: 1e6 }))),
		play: comesRight({ code: 0, calls: 120 }),
	},
	{
		server: 'filters by time are ignored',
		comesOut: 'all is read by offsets, and the run says so',
		world: WORLD,
		twist: asking(() => ({ modifiedAfter: undefined, modifiedBefore: undefined })),
		play: comesRight({ code: 0, codes: ['CONCUR_FILTERS_IGNORED'], calls: 40 }),
	},
	{
		server: 'filters by time are ignored in a small company, details tell',
		comesOut: 'every run reads all of it, and says so',
		world: { requests: 12 },
		twist: asking(() => ({ modifiedAfter: undefined, modifiedBefore: undefined })),
		async play(scene) {
			const { fake, run } = scene;
			fake.clock.advance(HOUR);
			expect(codesOf((await run()).summary)).toEqual(['CONCUR_FILTERS_IGNORED']);
			fake.clock.advance(HOUR);
			const { code, summary } = await run();
			expect([code, codesOf(summary)]).toEqual([0, ['CONCUR_FILTERS_IGNORED']]);
			expect(scene.missing()).toEqual([]);
		},
	},
	{
		server: 'modifiedBefore is ignored',
		comesOut: 'all is read',
		world: WORLD,
		twist: asking(() => ({ modifiedBefore: undefined })),
		play: comesRight({ code: 0, codes: ['CONCUR_FILTERS_IGNORED'], calls: 120 }),
	},
	{
		server: 'filters by time know days only',
		comesOut: 'all is read',
		world: { ...WORLD, spanDays: 3 },
		twist: asking(({ query }) => ({
			modifiedAfter: toDay(query.get('modifiedAfter'), '00:00:00'),
			modifiedBefore: toDay(query.get('modifiedBefore'), '23:59:59'),
		})),
		// How many it takes depends on where in a day the world's requests lie.
		play: comesRight({ code: 0, codes: ['CONCUR_FILTERS_IGNORED'], calls: 400 }),
	},
	{
		server: 'start is ignored',
		comesOut: 'all is read in parts of time',
		world: WORLD,
		twist: asking(() => ({ start: undefined })),
		play: comesRight({ code: 0, calls: 60 }),
	},
	{
		server: 'start and the filters are ignored',
		comesOut: 'it is refused with its reason, and the next run reads all',
		world: WORLD,
		twist: asking(() => ({
			start: undefined,
			modifiedAfter: undefined,
			modifiedBefore: undefined,
		})),
		play: staysOpen({
			code: 1,
			codes: ['CONCUR_WINDOW_UNSTABLE', 'CONCUR_FILTERS_IGNORED'],
			calls: 300,
		}),
	},
	...[25, 3, 1].map((rows): HostileRow => ({
		server: `${rows} rows a page at most, and no links`,
		comesOut: 'the short pages are noticed, and all is read',
		world: { requests: 90, spanDays: 30 },
		twist: atMost(rows),
		play: comesRight({ code: 0, codes: ['CONCUR_PAGES_CUT'], calls: rows < 3 ? 260 : 120 }),
	})),
	{
		server: '25 rows a page at most, and no links, since the first load',
		comesOut: 'the short pages are noticed, and all is read',
		world: { requests: 20, spanDays: 30 },
		async play(scene) {
			const { fake, gateway, run } = scene;
			await run(THIN);
			gateway.twist(atMost(25));
			fake.world.schedule({ creates: 70 });
			fake.clock.advance(HOUR);
			const { summary } = await run(THIN);
			expect(codesOf(summary)).toEqual(['CONCUR_PAGES_CUT']);
			expect(scene.missing()).toEqual([]);
			expect(listCalls(scene)).toBeLessThan(60);
		},
	},
	{
		server: 'a list whose data is null',
		comesOut: 'nothing is taken as read',
		twist: answerLists(json({ data: null })),
		play: staysOpen({ code: 1, codes: ['CONCUR_UNEXPECTED_BODY'], calls: 2 }),
	},
	...[202, 206].map((status): HostileRow => ({
		server: `an empty list with status ${status}`,
		comesOut: 'nothing is taken as read',
		twist: answerLists(json({ data: [], operations: [] }, status)),
		play: staysOpen({ code: 1, codes: ['CONCUR_UNEXPECTED_BODY'], calls: 2 }),
	})),
	{
		server: 'lists that leave out other rows each time',
		comesOut: 'nothing is taken as read that may lack rows',
		world: { requests: 80, spanDays: 30 },
		twist: listing((answer, { nth }) =>
			changeItems(answer, (items) => items.filter((_, place) => (place * 7 + nth * 3) % 5 !== 0)),
		),
		play: staysOpen({ code: 1, codes: ['CONCUR_WINDOW_UNSTABLE'], calls: 20 }),
	},
	{
		server: 'a crowded second is edited while it is read',
		comesOut: 'it is read without beginning again',
		world: { requests: 5 },
		async play(scene) {
			const { fake, run } = scene;
			const second = new Date(fake.clock.now().getTime() - 48 * HOUR);
			const crowd = fake.world.crowdSecond(1000, second);
			const changes = fake.world.schedule({ edits: 8, everyCalls: 1, on: 'list' });
			const { code, summary } = await run(THIN);
			changes.stop();
			expect([code, codesOf(summary)]).toEqual([0, []]);
			expect(listCalls(scene)).toBeLessThanOrEqual(130);
			const living = new Set(scene.living());
			const untouched = crowd.filter((id) => !changes.touched.has(id));
			expect(untouched.filter((id) => !living.has(id))).toEqual([]);
			fake.clock.advance(HOUR);
			expect((await run(THIN)).code).toBe(0);
			expect(scene.missing()).toEqual([]);
		},
	},
	{
		server: 'a crowded second in an order that changes from page to page',
		comesOut: 'it is left open and said, and the rest is read',
		world: { requests: 30 },
		twist: async (call, pass) => {
			if (!isList(call) || !call.query.has('sortField')) return pass();
			return turned(call, pass);
		},
		async play(scene) {
			const { fake, gateway, run } = scene;
			fake.world.crowdSecond(300, new Date(fake.clock.now().getTime() - 48 * HOUR));
			const { code, summary } = await run(THIN);
			expect([code, ...new Set(codesOf(summary))]).toEqual([3, 'CONCUR_WINDOW_UNSTABLE']);
			expect(summary.windows?.open).toBeGreaterThan(0);
			gateway.twist(undefined);
			expect((await run(THIN)).code).toBe(0);
			expect(scene.missing()).toEqual([]);
		},
	},
]);

/** Sorts every page but the first one the other way round. */
function turned({ query }: Call, pass: Pass): Promise<Answer> {
	const other = new URLSearchParams(query);
	other.set('sortOrder', query.get('start') === '0' ? 'ASC' : 'DESC');
	return pass({ query: other });
}

function toDay(time: string | null, hour: string): string | undefined {
	return time === null ? undefined : `${time.slice(0, 10)}T${hour}Z`;
}

const USERS = '/profile/identity/v4.1/Users';

interface UserPage {
	readonly Resources: readonly JsonObject[];
	readonly totalResults?: number;
	readonly nextCursor?: string;
}

const answerUsers =
	(answer: (call: Call) => UserPage): Twist =>
	(call, pass) =>
		call.path === USERS ? json(answer(call)) : pass();

const refused = Array.from({ length: 30 }, (_, n) => ({ id: `refused-${n}`, active: true }));

/** Refuses the users that Concur does not know. */
const refusing =
	(answer: Answer): Twist =>
	(call, pass) =>
		call.query.get('userId')?.startsWith('refused-') === true ? answer : pass();

playTable('Users', [
	{
		server: 'a cursor that is new on every page and leads to nobody new',
		comesOut: 'the users that came are read, and the run says that others may be missing',
		twist: (call, pass) =>
			call.path === USERS
				? pass({ query: new URLSearchParams({ count: '1000' }) }).then((answer) =>
						change(answer, (page) => ({ ...page, nextCursor: `c${call.nth}` })),
					)
				: pass(),
		async play(scene) {
			const { code, summary } = await scene.run([...THIN, '--all-users']);
			expect([code, codesOf(summary)]).toEqual([1, ['CONCUR_INCOMPLETE_USER_LIST']]);
			expect(scene.gateway.calls.filter(({ path }) => path === USERS).length).toBeLessThan(6);
			expect(scene.missing()).toEqual([]);
		},
	},
	{
		server: 'a user page without its users',
		comesOut: 'it is refused with its reason',
		twist: answerUsers(() => ({ Resources: [], totalResults: 3 })),
		async play({ run }) {
			const { code, summary } = await run([...THIN, '--all-users']);
			expect([code, codesOf(summary)]).toEqual([1, ['CONCUR_INCOMPLETE_USER_LIST']]);
		},
	},
	...[
		json({ errors: [{ errorCode: 'userNotFound', errorMessage: 'User is not found' }] }, 400),
		json({ errors: [{ errorCode: 'permissionDenied', errorMessage: 'No' }] }, 403),
		notFound(),
		html(403, 'Forbidden'),
	].map((answer): HostileRow => ({
		server: `thirty users before all others are refused (${answer.status} ${answer.body.slice(0, 30)})`,
		comesOut: 'the others are read',
		twist: (call, pass) =>
			call.path === USERS
				? pass().then((page) =>
						change(page, ({ Resources, totalResults }) => ({
							Resources: [...refused, ...z.array(z.unknown()).parse(Resources)],
							totalResults: z.number().parse(totalResults) + refused.length,
						})),
					)
				: refusing(answer)(call, pass),
		async play(scene) {
			const { code, summary } = await scene.run([...THIN, '--all-users']);
			expect(code).toBe(3);
			expect(summary.windows?.open).toBe(30);
			expect(scene.missing()).toEqual([]);
		},
	})),
]);
