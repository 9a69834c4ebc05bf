import fc from 'fast-check';
import type { Clock } from '../../../concur/clock';
import { createServerTime, type ServerTime } from '../../../concur/server-time/server-time';

const START = Date.parse('2026-11-21T12:00:00Z');
const MINUTE = 60_000;
const YEAR = 365 * 86_400_000;

/** What the true time, the clocks and the answers are, for a judgement to be made of them. */
class World {
	passedMs = 0;
	localAhead = 0;
	readonly #origin: number;

	constructor(origin = 1) {
		this.#origin = origin;
	}

	get truth(): number {
		return START + this.passedMs;
	}

	readonly clock: Clock = {
		monotonicMs: () => this.passedMs,
		epochMs: () => this.truth + this.localAhead,
		originMs: () => this.#origin,
	};

	/** An answer that takes `tookMs`; undefined: without a Date. */
	answer(time: ServerTime, ahead: number | undefined, tookMs = 0) {
		const sentMs = this.passedMs;
		const date = new Date(this.truth + tookMs + (ahead ?? 0)).toUTCString();
		this.passedMs += tookMs;
		return time.observe(ahead === undefined ? {} : { date }, sentMs);
	}
}

const party = fc.constantFrom<'date' | 'local' | 'records'>('date', 'local', 'records');
const offset = fc.oneof(
	fc.integer({ min: -YEAR, max: YEAR }),
	fc.integer({ min: -90 * MINUTE, max: 90 * MINUTE }),
	fc.constant(0),
);
const step = fc.record({
	passes: fc.integer({ min: 0, max: 60 * MINUTE }),
	took: fc.integer({ min: 0, max: 30_000 }),
	/** How far off the wrong party is; null: it says nothing, where it may. */
	wrong: fc.option(offset),
	recordAge: fc.integer({ min: 0, max: 3 * 86_400_000 }),
	hasRecord: fc.boolean(),
	isNewProcess: fc.boolean(),
});

describe('What time it is believed to be', () => {
	it('is never later than the truth, whichever single party is wrong and however', () => {
		fc.assert(
			fc.property(party, fc.array(step, { minLength: 1, maxLength: 30 }), (wrongParty, steps) => {
				const world = new World();
				let origin = 1;
				let time = createServerTime(world.clock);
				for (const { passes, took, wrong, recordAge, hasRecord, isNewProcess } of steps) {
					world.passedMs += passes;
					if (isNewProcess) {
						const memory = time.remember();
						const own = ++origin;
						time = createServerTime({ ...world.clock, originMs: () => own });
						if (memory) time.recall(memory);
					}
					if (wrongParty === 'local') world.localAhead = wrong ?? 0;
					const ahead = wrongParty === 'date' ? (wrong ?? undefined) : 0;
					const sentAt = world.truth;
					const call = world.answer(time, ahead, took);
					if (hasRecord) {
						const off = wrongParty === 'records' ? (wrong ?? 0) : -recordAge;
						time.witness(world.truth + off, call);
					}
					expect(time.now() ?? 0).toBeLessThanOrEqual(world.truth);
					expect(time.at(call) ?? 0).toBeLessThanOrEqual(sentAt);
				}
			}),
		);
	});

	it('is the truth, give or take a second and the way of an answer, where nobody is wrong', () => {
		fc.assert(
			fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
				const world = new World();
				const time = createServerTime(world.clock);
				for (const { passes, took } of steps) {
					world.passedMs += passes;
					world.answer(time, 0, took);
					expect(world.truth - (time.now() ?? 0)).toBeLessThanOrEqual(1000);
					expect(time.warning()).toBeUndefined();
				}
			}),
		);
	});

	it('is not believed on the word of one party', () => {
		const world = new World();
		const time = createServerTime(world.clock);
		expect(time.now()).toBeUndefined();
		world.answer(time, undefined);
		expect(time.now()).toBeUndefined();
		const call = world.answer(time, undefined);
		time.witness(world.truth - MINUTE, call);
		expect(time.now()).toBe(world.truth - MINUTE);
	});

	it('goes on from an earlier judgement by what both clocks say has passed', () => {
		const world = new World();
		world.localAhead = -YEAR;
		const first = createServerTime(world.clock);
		first.witness(world.truth - 5000, world.answer(first, 0));
		const memory = first.remember();
		if (!memory) throw new Error('Nothing was believed');
		const isLater = (localAhead: number, dateAhead: number): number => {
			const later = new World(2);
			later.passedMs = 60 * MINUTE;
			later.localAhead = localAhead;
			const second = createServerTime(later.clock);
			second.recall(memory);
			later.answer(second, dateAhead);
			return (second.now() ?? 0) - later.truth;
		};
		expect(isLater(-YEAR, 0)).toBe(-5000);
		// A single clock that has jumped is not followed.
		expect(isLater(YEAR, 0)).toBe(0);
		expect(isLater(-YEAR, YEAR)).toBe(-5000);
	});

	it('does not let an answer that a cache repeats tell of what came after its Date', () => {
		const world = new World();
		const time = createServerTime(world.clock);
		for (let n = 0; n < 5; n++) world.answer(time, 0);
		expect(time.at(world.answer(time, -30 * MINUTE))).toBe(world.truth - 30 * MINUTE);
		// A cache that writes the Date anew says how old its answer is.
		const date = new Date(world.truth).toUTCString();
		const aged = time.observe({ date, age: '600' }, world.passedMs);
		expect(time.at(aged)).toBe(world.truth - 10 * MINUTE);
	});

	it('takes the Date as slow where an answer tells of what came after its own Date', () => {
		const world = new World();
		const time = createServerTime(world.clock);
		const slow = world.answer(time, -30 * MINUTE);
		expect(time.at(slow)).toBe(world.truth - 30 * MINUTE);
		time.witness(world.truth - 20_000, world.answer(time, -30 * MINUTE));
		expect(world.truth - (time.at(slow) ?? 0)).toBeLessThanOrEqual(21_000);
	});
});

describe('The warning of clocks', () => {
	it.each([
		{
			what: 'the local clock',
			local: 15 * MINUTE,
			dates: [0, 0, 0],
			says: 'clock of this computer',
		},
		{ what: 'the Dates', local: 0, dates: [15 * MINUTE, 15 * MINUTE], says: 'says' },
		{ what: 'one of the Dates', local: 0, dates: [0, 0, YEAR, 0, 0], says: 'that of others' },
	])('names both times where $what is wrong', ({ local, dates, says }) => {
		const world = new World();
		world.localAhead = local;
		const time = createServerTime(world.clock);
		for (const ahead of dates) world.answer(time, ahead);
		const warning = time.warning();
		expect(warning?.code).toBe('CONCUR_CLOCKS_DISAGREE');
		expect(warning?.message).toContain(says);
		expect(warning?.message.match(/\d{4}-\d\d-\d\dT/g)?.length).toBeGreaterThanOrEqual(3);
	});

	it.each([-100_000, 0, 100_000])('is not given for %i ms', (ahead) => {
		const world = new World();
		world.localAhead = ahead;
		const time = createServerTime(world.clock);
		world.answer(time, 0);
		expect(time.warning()).toBeUndefined();
	});

	it('is not given where the machine slept between two answers', () => {
		const world = new World();
		const time = createServerTime(world.clock);
		world.answer(time, 0);
		const slept = 8 * 60 * MINUTE;
		world.localAhead = slept;
		for (let n = 0; n < 15; n++) world.answer(time, slept);
		expect(time.warning()).toBeUndefined();
	});
});
