import { isJsonObject } from '../../concur/json';

/** Concur tries to deliver an event for three days; one day more for clocks that differ. */
const KEPT_MS = 4 * 24 * 3_600_000;
const MOST_KEPT = 1_000;

/**
 * The events that have started a workflow lately, for Concur delivers some more than once. n8n
 * stores static data only once a workflow has started, and reads it anew for each delivery: what
 * arrives meanwhile is known by this process alone.
 */
export class RecentEvents {
	/** When each event was taken, by its id, oldest first. */
	readonly #taken = new Map<string, number>();
	/** Deliveries that n8n has not answered yet; true where a workflow was started. */
	readonly #underWay = new Map<string, Promise<boolean>>();

	/**
	 * Takes an event for a delivery. False where it has started a workflow already; while another
	 * delivery is under way this waits for its outcome, and takes its place where it failed.
	 */
	async take(id: string, delivery: Promise<boolean>, nowMs: number): Promise<boolean> {
		for (let first = this.#underWay.get(id); first; first = this.#underWay.get(id)) {
			if (await first) return false;
		}
		if (this.#taken.has(id)) return false;
		this.#taken.set(id, nowMs);
		this.#prune(nowMs);
		const outcome = delivery.then((started) => {
			this.#underWay.delete(id);
			// Concur delivers it again, and then it must not count as known.
			if (!started) this.#taken.delete(id);
			return started;
		});
		this.#underWay.set(id, outcome);
		return true;
	}

	/** Adds what was stored before n8n was restarted, or by another process of n8n. */
	restore(stored: unknown, nowMs: number): void {
		if (!isJsonObject(stored)) return;
		const times = new Map(this.#taken);
		for (const [id, time] of Object.entries(stored)) {
			if (typeof time === 'number' && !times.has(id)) times.set(id, time);
		}
		if (times.size === this.#taken.size) return;
		this.#taken.clear();
		for (const [id, time] of [...times].sort(([, a], [, b]) => a - b)) this.#taken.set(id, time);
		this.#prune(nowMs);
	}

	/** What is to be stored if this event starts a workflow: of the others, those that have. */
	toStored(own: string): Record<string, number> {
		return Object.fromEntries(
			[...this.#taken].filter(([id]) => id === own || !this.#underWay.has(id)),
		);
	}

	#prune(nowMs: number): void {
		for (const [id, time] of this.#taken) {
			if (this.#taken.size <= MOST_KEPT && nowMs - time <= KEPT_MS) return;
			// One under way is kept: two more deliveries of it could otherwise both be taken.
			if (!this.#underWay.has(id)) this.#taken.delete(id);
		}
	}
}

const byNode = new Map<string, RecentEvents>();

/** The memory of one node in one workflow. */
export function recentEventsOf(workflowId: string, nodeId: string): RecentEvents {
	const key = JSON.stringify([workflowId, nodeId]);
	const recent = byNode.get(key) ?? new RecentEvents();
	byNode.set(key, recent);
	return recent;
}
