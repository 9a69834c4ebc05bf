import { isJsonObject } from '../../concur/json';
import type { Answer, Call, Twist } from './gateway';
import { playTable, type HostileRow, type Outcome, type Scene } from './scene';
import { change, detailOf, isList } from './twists';

const MINUTE = 60_000;
const DAY = 86_400_000;
const YEAR = 365 * DAY;

/** What a Date header is written as: undefined, as it is; a number, so many milliseconds later. */
type Said = number | string | undefined;

/** Answers whose `Date` a gateway, a cache or a proxy writes. */
const dates =
	(say: (call: Call, answers: number) => Said): Twist =>
	async (call, pass) => {
		const answer = await pass();
		answers++;
		const said = say(call, answers);
		if (said === undefined) return answer;
		const written = Date.parse(answer.headers['date'] ?? '');
		const date = typeof said === 'string' ? said : new Date(written + said).toUTCString();
		return { ...answer, headers: { ...answer.headers, date } };
	};

let answers = 0;

/** The first list that is answered while `armed`, once. */
let armed = false;
const once =
	(said: Said) =>
	(call: Call): Said => {
		if (!armed || !isList(call)) return undefined;
		armed = false;
		return said;
	};

interface Expected {
	/** The code of the warning that the last run gives; undefined: none. */
	readonly warning?: string | undefined;
	/** Whether some run before it warns of the clocks, where the last one does not. */
	readonly warnsOnce?: boolean;
	readonly args?: readonly string[];
	/** What is done before each of the runs. */
	readonly before?: (scene: Scene, run: number) => void;
}

/** Minutes after which the runs follow each other; some requests are edited before each. */
const PAUSES = [0, 2, 9, 14, 70] as const;

/**
 * Runs, and edits in between. In the end each request is in the target as it is in the world, and no
 * run has claimed to know what has not come yet; nor has one closed what a later run, with all well
 * again, would need.
 */
function losesNothing({ warning, warnsOnce, args = [], before }: Expected): HostileRow['play'] {
	return async (scene) => {
		const { fake, run } = scene;
		const outcomes: Outcome[] = [];
		answers = 0;
		[isLater, isRepeated, armed] = [false, false, false];
		fake.clock.advance(60 * MINUTE);
		for (const [number, minutes] of PAUSES.entries()) {
			fake.clock.advance((minutes * MINUTE) / 2);
			edit(scene, number);
			fake.clock.advance((minutes * MINUTE) / 2);
			before?.(scene, number);
			const outcome = await run(args);
			const { watermark, status } = outcome.summary;
			expect([outcome.code, status]).toEqual([0, 'complete']);
			const claimed = Date.parse(watermark ?? '1970-01-01T00:00:00Z');
			expect(claimed).toBeLessThanOrEqual(fake.clock.now().getTime());
			outcomes.push(outcome);
		}
		expect(scene.missing()).toEqual([]);
		expect(findStale(scene)).toEqual([]);
		const told = outcomes.map(clockWarnings);
		expect(told.at(-1)).toEqual(warning === undefined ? [] : [warning]);
		expect(told.flat().length > 0).toBe(warning !== undefined || warnsOnce === true);
		for (const outcome of outcomes) expectBothTimes(outcome);
		await endWell(scene, args);
	};
}

/** Whoever reads the warning sees which times were compared. */
function expectBothTimes({ summary }: Outcome): void {
	for (const { code, message } of summary.warnings) {
		if (!code.startsWith('CONCUR_CLOCK')) continue;
		const named = message.match(/\d{4}-\d\d-\d\dT[\d:.]+Z/g) ?? [];
		const times = named.map((time) => Date.parse(time));
		expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(2 * MINUTE);
	}
}

async function endWell(scene: Scene, args: readonly string[]): Promise<void> {
	scene.gateway.twist(undefined);
	scene.setLocalClock(0);
	edit(scene, PAUSES.length);
	scene.fake.clock.advance(MINUTE);
	const { code, summary } = await scene.run(args);
	expect([code, summary.status, summary.warnings]).toEqual([0, 'complete', []]);
	expect([scene.missing(), findStale(scene)]).toEqual([[], []]);
}

function edit({ fake }: Scene, number: number): void {
	const ids = fake.world.requests();
	for (const place of [number, number + 7]) {
		const id = ids[place % ids.length] ?? '';
		fake.world.edit(id, { name: `Edited before run ${number}` });
	}
}

function findStale({ fake, rows }: Scene): string[] {
	const latest = new Map(rows().map((row) => [String(row['id']), row['name']]));
	return fake.world.requests().filter((id) => {
		const truth = fake.world.truth(id)?.request;
		return !isJsonObject(truth) || latest.get(id) !== truth['name'];
	});
}

function clockWarnings({ summary }: Outcome): string[] {
	return summary.warnings.map(({ code }) => code).filter((code) => code.startsWith('CONCUR_CLOCK'));
}

const DISAGREE = 'CONCUR_CLOCKS_DISAGREE';
const UNCONFIRMED = 'CONCUR_CLOCK_UNCONFIRMED';

playTable('Clocks', [
	{
		server: 'one single list has a Date a year ahead',
		comesOut: 'nothing is lost, and the run says so',
		twist: dates(once(YEAR)),
		play: losesNothing({ warnsOnce: true, before: (_, run) => (armed = run === 1) }),
	},
	{
		server: 'one single list has a Date a year behind',
		comesOut: 'nothing is lost, and the run says so',
		twist: dates(once(-YEAR)),
		play: losesNothing({ warnsOnce: true, before: (_, run) => (armed = run === 1) }),
	},
	...[15 * MINUTE, 60 * MINUTE, YEAR, -YEAR].map((off): HostileRow => ({
		server: `every Date is ${off / MINUTE} minutes ahead`,
		comesOut: 'nothing is lost, and each run says so',
		twist: dates(() => off),
		play: losesNothing({ warning: DISAGREE }),
	})),
	{
		server: 'two gateways whose clocks are 15 minutes apart',
		comesOut: 'nothing is lost, and each run says so',
		twist: dates((_, number) => (number % 2 === 0 ? 15 * MINUTE : undefined)),
		play: losesNothing({ warning: DISAGREE }),
	},
	{
		server: 'no Date at all',
		comesOut: 'nothing is lost, and a run after a quiet hour says that nothing confirms the time',
		twist: dates(() => ''),
		play: losesNothing({ warning: UNCONFIRMED }),
	},
	{
		server: 'no Date at all, and a local clock a day ahead',
		comesOut: 'nothing is lost, and each run says that nothing confirms the time',
		twist: dates(() => ''),
		play: losesNothing({ warning: UNCONFIRMED, before: ahead(DAY) }),
	},
	{
		server: 'no Date at all, thin rows, and a local clock a day ahead',
		comesOut: 'nothing is lost, and each run says that nothing confirms the time',
		twist: dates(() => ''),
		play: losesNothing({ warning: UNCONFIRMED, args: ['--detail', 'list'], before: ahead(DAY) }),
	},
	{
		server: 'a Date that is none',
		comesOut: 'nothing is lost, as without one',
		twist: dates(() => 'yesterday, about noon'),
		play: losesNothing({ warning: UNCONFIRMED }),
	},
	{
		server: 'Date goes back by a day between two runs',
		comesOut: 'nothing is lost, and the run says so',
		twist: dates(() => (isLater ? -DAY : undefined)),
		play: losesNothing({ warning: DISAGREE, before: (_, run) => (isLater = run > 1) }),
	},
	{
		server: 'Date is an hour ahead, and then right',
		comesOut: 'nothing is lost, and only the runs before it say so',
		twist: dates(() => (isLater ? undefined : 60 * MINUTE)),
		play: losesNothing({ warnsOnce: true, before: (_, run) => (isLater = run > 1) }),
	},
	...['2027-11-30T00:00:00.000Z', '9999-12-31T23:59:59.000Z'].map((lastModified): HostileRow => ({
		server: `all is well, but requests say that they were modified ${lastModified}`,
		comesOut: 'nothing is lost, and each run says so',
		twist: dated(lastModified),
		play: losesNothing({ warning: DISAGREE }),
	})),
	...[YEAR, -YEAR].map((off): HostileRow => ({
		server: `all is well, and the local clock is ${off / DAY} days ahead`,
		comesOut: 'nothing is lost, and each run says so',
		play: losesNothing({ warning: DISAGREE, before: ahead(off) }),
	})),
	{
		server: 'all is well, thin rows, and a local clock a year ahead',
		comesOut: 'nothing is lost, and each run says so',
		play: losesNothing({ warning: DISAGREE, args: ['--detail', 'list'], before: ahead(YEAR) }),
	},
	{
		server: 'all is well, and the local clock goes back by a day between two runs',
		comesOut: 'nothing is lost, and the run says so',
		play: losesNothing({
			warning: DISAGREE,
			before: (scene, run) => {
				scene.setLocalClock(run > 1 ? -DAY : 0);
			},
		}),
	},
	{
		server: 'all is well, and the local clock is a day ahead, then right',
		comesOut: 'nothing is lost, and only the runs before it say so',
		play: losesNothing({
			warnsOnce: true,
			before: (scene, run) => {
				scene.setLocalClock(run > 1 ? 0 : DAY);
			},
		}),
	},
	{
		server: 'a cache answers one list with what it had before the last edits',
		comesOut: 'nothing is lost, and the run says so',
		twist: cached(),
		play: losesNothing({ warnsOnce: true, before: (_, run) => (isRepeated = run === 3) }),
	},
	{
		server: 'all is well',
		comesOut: 'no word of clocks',
		play: losesNothing({}),
	},
]);

let isLater = false;
let isRepeated = false;

/** The local clock is off by so much. */
function ahead(ms: number): (scene: Scene) => void {
	return (scene) => {
		scene.setLocalClock(ms);
	};
}

/** The details of requests say that they were modified at a time which has not come. */
function dated(lastModified: string): Twist {
	return async (call, pass) => {
		const answer = await pass();
		return detailOf(call) === undefined
			? answer
			: change(answer, (request) => ({ ...request, lastModified }));
	};
}

/** Repeats the answer of the last run's first list, with its old `Date`, as if it were asked for. */
function cached(): Twist {
	let kept: Answer | undefined;
	return async (call, pass) => {
		if (!isList(call)) return pass();
		if (isRepeated && kept) {
			isRepeated = false;
			return kept;
		}
		const answer = await pass();
		kept = answer;
		return answer;
	};
}
