import { Random } from '../random';
import type { World } from './world';

/** Changes that happen by themselves. */
export interface ChangePlan {
	/** Random edits in each round. */
	edits?: number;
	/** Random creations in each round. */
	creates?: number;
	/** Random deletions in each round. */
	deletes?: number;
	/** A round after every n-th call counted. */
	everyCalls?: number;
	/** A round whenever so many fake milliseconds have passed. */
	everyMs?: number;
	/** One round after this call (the first is 1). */
	atCall?: number;
	/** Which calls are counted; default 'list': calls of GET /requests. */
	on?: 'list' | 'any';
	/** Rounds after which it stops by itself. */
	times?: number;
}

/** A running schedule: what it has done so far, and how to stop it. */
export class ScheduledChanges {
	/** Ids this schedule created, edited or deleted. */
	readonly touched = new Set<string>();
	readonly created = new Set<string>();
	readonly deleted = new Set<string>();
	/** Rounds so far. */
	rounds = 0;
	/** Calls counted so far. */
	calls = 0;
	readonly random: Random;
	private stopped = false;
	private lastRound: number;

	/** A schedule that starts counting now. */
	constructor(
		readonly plan: ChangePlan,
		seed: number,
		start: Date,
	) {
		this.random = new Random(seed, 901);
		this.lastRound = start.getTime();
	}

	/** No further rounds. */
	stop(): void {
		this.stopped = true;
	}

	/** Counts a call and tells whether a round is due after it. */
	isDue(isList: boolean, now: Date): boolean {
		const { plan } = this;
		if (this.stopped || (plan.times !== undefined && this.rounds >= plan.times)) return false;
		const counts = isList || plan.on === 'any';
		if (counts) this.calls++;
		if (plan.everyMs && now.getTime() - this.lastRound >= plan.everyMs) {
			this.lastRound = now.getTime();
			return true;
		}
		if (!counts) return false;
		if (plan.atCall === this.calls) return true;
		return plan.everyCalls !== undefined && this.calls % plan.everyCalls === 0;
	}
}

/** Runs one round of a schedule on the world. */
export function runPlan(world: World, changes: ScheduledChanges): void {
	const { plan, random } = changes;
	changes.rounds++;
	for (let n = 0; n < (plan.edits ?? 0); n++) note(changes.touched, world.randomEdit(random));
	for (let n = 0; n < (plan.creates ?? 0); n++) {
		const id = world.randomCreate(random);
		note(changes.touched, id);
		note(changes.created, id);
	}
	for (let n = 0; n < (plan.deletes ?? 0); n++) {
		const id = world.randomDelete(random);
		note(changes.touched, id);
		note(changes.deleted, id);
	}
}

function note(ids: Set<string>, id: string | undefined): void {
	if (id !== undefined) ids.add(id);
}
