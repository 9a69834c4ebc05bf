import type { RequestItem } from '../../concur/travel-request/list-requests';
import type { Detail, ExtractedRecord, PartitionState } from '../sinks/sink';
import { isOpenRequest } from '../tables/open-requests';
import type { ServerClock } from './server-clock';

/** How often open records are read again unless told, in hours. */
export const REREAD_OPEN_HOURS = 24;

/** A run that is started at the same time each day never starts at the very same second. */
const MOST_EARLY_SECONDS = 300;

export interface RereadRules {
	readonly detail: Detail;
	/** Seconds between two re-reads; 0: none. */
	readonly rereadAfter: number;
	/** The last second of modification time that the run was asked for. */
	readonly until: number | undefined;
	readonly clock: ServerClock;
}

/** When the open records of one partition are read again, and which of them were read just now. */
export class RereadSchedule {
	readonly #storedAt: number | undefined;
	/** Whether all there will be is read by the windows of this run, or of those that go on from it. */
	readonly #isFirst: boolean;
	readonly #readNow = new Set<string>();
	#isDone = false;

	constructor(
		stored: PartitionState | undefined,
		private readonly rules: RereadRules,
	) {
		this.#isFirst = !stored?.coverage.length;
		this.#storedAt = stored?.openReadAt;
	}

	/** Every open record that is covered has been read since this second; for the sink. */
	get openReadAt(): number | undefined {
		const { detail, clock } = this.rules;
		// Children are read in full detail only.
		if (detail !== 'full') return undefined;
		return this.#isFirst || this.#isDone ? clock.began : this.#storedAt;
	}

	isDue(): boolean {
		const { until, clock, rereadAfter } = this.rules;
		const { began, now } = clock;
		if (!this.#mayCome || began === undefined || now === undefined) return false;
		if (until !== undefined && until < now) return false;
		const early = Math.min(MOST_EARLY_SECONDS, rereadAfter / 24);
		const last = this.openReadAt ?? -Infinity;
		// Versions that believed one Date may have stored a time that has not come yet.
		return last > now || began - last >= rereadAfter - early;
	}

	/** Notes what the run has read, so that it is not read twice. */
	note(records: readonly ExtractedRecord[]): void {
		if (!this.isDue()) return;
		for (const { id, isOpen } of records) if (isOpen) this.#readNow.add(id);
	}

	isWanted(item: RequestItem): boolean {
		return isOpenRequest(item) && !this.#readNow.has(item.id);
	}

	complete(): void {
		this.#isDone = true;
	}

	/** Whether this run has listed the open records, all of them. */
	get isDone(): boolean {
		return this.#isDone;
	}

	get #mayCome(): boolean {
		return this.rules.detail === 'full' && this.rules.rereadAfter > 0 && !this.#isFirst;
	}
}
