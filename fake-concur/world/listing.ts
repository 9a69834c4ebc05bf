import type { RequestIndexes } from './indexes';
import { read, type Ledger } from './ledger';
import { mix } from '../random';
import type { Quirks } from '../quirks';
import { neverModified } from './bodies';
import type { User } from './users';
import { agentViews, approverViews, belongsTo, type View } from './views';

/** A pair of bounds in milliseconds. */
export interface Bounds {
	after?: number;
	before?: number;
}

/** What a list call asks for. */
export interface ListQuery {
	view: View;
	/** Whose view; absent for a company token without userId: everybody's. */
	user?: number;
	modified: Bounds;
	approved: Bounds;
	sortField: 'startDate' | 'approvalStatus' | 'requestId';
	sortOrder: 'ASC' | 'DESC';
}

/** Room for the index below the sort key inside one double. */
const keySpan = 2 ** 24;
const cachedLists = 8;

/** Answers list queries; sorted results are cached until something in the lists changes. */
export class Listing {
	private cache = new Map<string, Float64Array>();
	private cachedRevision = -1;
	private salt = 0;

	/** Lists over the given indexes. */
	constructor(
		private readonly ledger: Ledger,
		private readonly indexes: RequestIndexes,
		private readonly users: readonly User[],
		private readonly inclusivity: 'inclusive' | 'exclusive',
		private readonly quirks: Quirks,
	) {}

	/** One page of request indexes and the number of all rows. */
	page(query: ListQuery, start: number, limit: number, now: number) {
		this.indexes.showDue(now);
		// Rows that sort alike may come in another order on every call.
		this.salt = this.quirks.unstableTies ? mix(this.salt, 5) % keySpan : 0;
		const sorted = this.sorted(query, now);
		const total = sorted.length;
		const rows: number[] = [];
		for (let row = start; row < Math.min(total, start + limit); row++) {
			const place = query.sortOrder === 'ASC' ? row : total - 1 - row;
			rows.push((read(sorted, place) % keySpan) ^ this.salt);
		}
		return { rows, total };
	}

	private sorted(query: ListQuery, now: number): Float64Array {
		if (this.cachedRevision !== this.indexes.revision) {
			this.cache = new Map();
			this.cachedRevision = this.indexes.revision;
		}
		// ACTIVE views age with the clock, hence the minute in the key.
		const key = JSON.stringify({
			...query,
			sortOrder: '',
			minute: Math.floor(now / 60_000),
			salt: this.salt,
		});
		const known = this.cache.get(key);
		if (known) return known;
		const keys = Float64Array.from(this.select(query, now), (index) =>
			this.sortKey(query.sortField, index),
		).sort();
		if (this.cache.size >= cachedLists) this.cache = new Map();
		this.cache.set(key, keys);
		return keys;
	}

	private *select(query: ListQuery, now: number): Generator<number> {
		const modified = this.closed(query.modified);
		const approved = this.closed(query.approved);
		const anyTime = modified.low === -Infinity && modified.high === Infinity;
		const low = anyTime ? -Infinity : Math.max(modified.low, neverModified + 1);
		const checkApproved = approved.low !== -Infinity || approved.high !== Infinity;
		for (const owner of this.owners(query)) {
			for (const index of this.indexes.within(owner, low, modified.high)) {
				if (query.view !== 'ALL' && !belongsTo(query.view, this.ledger, index, now)) continue;
				const authorized = read(this.ledger.authorized, index);
				if (checkApproved && !(authorized >= approved.low && authorized <= approved.high)) continue;
				yield index;
			}
		}
	}

	/** The owners whose requests a view covers; undefined stands for all. */
	private owners(query: ListQuery): (number | undefined)[] {
		const { user, view } = query;
		if (user === undefined) return [undefined];
		if (approverViews.includes(view)) {
			return this.users.filter((each) => each.approver === user).map((each) => each.index);
		}
		if (agentViews.includes(view)) return this.users[user]?.agencyId ? [undefined] : [];
		return [user];
	}

	/** The documentation does not say whether a bound counts itself, so both can be played. */
	private closed(bounds: Bounds): { low: number; high: number } {
		const step = this.inclusivity === 'inclusive' ? 0 : 1;
		return {
			low: bounds.after === undefined ? -Infinity : bounds.after + step,
			high: bounds.before === undefined ? Infinity : bounds.before - step,
		};
	}

	private sortKey(field: ListQuery['sortField'], index: number): number {
		const { ledger } = this;
		const tie = index ^ this.salt;
		if (field === 'requestId') return read(ledger.serial, index) * keySpan + tie;
		if (field === 'approvalStatus') return read(ledger.status, index) * keySpan + tie;
		// Days before 1970 would turn the key negative; the shift keeps it positive.
		return (read(ledger.startDay, index) + 100_000) * keySpan + tie;
	}
}
