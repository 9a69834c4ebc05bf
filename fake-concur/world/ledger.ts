/** Approval status codes; a request stores its place in this list. */
export const statusCodes = [
	'NOT_SUBMITTED',
	'SUBMITTED',
	'APPROVED',
	'CANCELED',
	'SENTBACK',
	'PENDING_BOOKING',
] as const;

/** An approval status code. */
export type StatusCode = (typeof statusCodes)[number];

/** Facts that are either so or not, one bit each. */
export const flags = {
	closed: 1,
	canceledPostApproval: 2,
	everSentBack: 4,
	deleted: 8,
	agency: 16,
	parent: 32,
	inLists: 64,
} as const;

/** What is kept for every request, however many there are; the rest is derived from seed and index. */
export interface Facts {
	owner: number;
	startDay: number;
	created: number;
	modified: number;
	authorized: number;
	submitted: number;
	status: StatusCode;
	flags: number;
	serial: number;
}

/** Compact facts of all requests in columns: about 60 bytes a request. */
export class Ledger {
	/** Number of requests ever, deleted ones included; also the next index. */
	size = 0;
	owner = new Uint32Array(1024);
	startDay = new Int32Array(1024);
	created = new Float64Array(1024);
	modified = new Float64Array(1024);
	authorized = new Float64Array(1024);
	submitted = new Float64Array(1024);
	/** The lastModified by which lists find the request: lags behind when changes arrive late. */
	listed = new Float64Array(1024);
	status = new Uint8Array(1024);
	flags = new Uint8Array(1024);
	serial = new Uint32Array(1024);
	version = new Uint32Array(1024);

	/** Adds a request and returns its index. */
	append(facts: Facts): number {
		if (this.size === this.owner.length) this.grow();
		const index = this.size++;
		this.owner[index] = facts.owner;
		this.startDay[index] = facts.startDay;
		this.created[index] = facts.created;
		this.modified[index] = facts.modified;
		this.listed[index] = facts.modified;
		this.authorized[index] = facts.authorized;
		this.submitted[index] = facts.submitted;
		this.status[index] = statusCodes.indexOf(facts.status);
		this.flags[index] = facts.flags;
		this.serial[index] = facts.serial;
		return index;
	}

	/** Whether a flag is set. */
	has(index: number, flag: keyof typeof flags): boolean {
		return (read(this.flags, index) & flags[flag]) !== 0;
	}

	/** Sets or clears a flag. */
	mark(index: number, flag: keyof typeof flags, on: boolean): void {
		const bits = read(this.flags, index);
		this.flags[index] = on ? bits | flags[flag] : bits & ~flags[flag];
	}

	/** The approval status. */
	statusOf(index: number): StatusCode {
		return statusCodes[read(this.status, index)] ?? 'NOT_SUBMITTED';
	}

	/** Changes the approval status. */
	setStatus(index: number, status: StatusCode): void {
		this.status[index] = statusCodes.indexOf(status);
	}

	/** Whether a request of that index exists and lives. */
	lives(index: number): boolean {
		return index < this.size && !this.has(index, 'deleted');
	}

	/** The number of living requests. */
	countLiving(): number {
		let count = 0;
		for (let index = 0; index < this.size; index++) if (this.lives(index)) count++;
		return count;
	}

	private grow(): void {
		const capacity = this.owner.length * 2;
		this.owner = copy(new Uint32Array(capacity), this.owner);
		this.startDay = copy(new Int32Array(capacity), this.startDay);
		this.created = copy(new Float64Array(capacity), this.created);
		this.modified = copy(new Float64Array(capacity), this.modified);
		this.listed = copy(new Float64Array(capacity), this.listed);
		this.authorized = copy(new Float64Array(capacity), this.authorized);
		this.submitted = copy(new Float64Array(capacity), this.submitted);
		this.status = copy(new Uint8Array(capacity), this.status);
		this.flags = copy(new Uint8Array(capacity), this.flags);
		this.serial = copy(new Uint32Array(capacity), this.serial);
		this.version = copy(new Uint32Array(capacity), this.version);
	}
}

/** A value of a column; asking for one that is not there is a bug of the fake. */
export function read(column: ArrayLike<number>, index: number): number {
	const value = column[index];
	if (value === undefined) throw new RangeError(`no request with index ${index}`);
	return value;
}

function copy<T extends { set(source: T): void }>(target: T, source: T): T {
	target.set(source);
	return target;
}
