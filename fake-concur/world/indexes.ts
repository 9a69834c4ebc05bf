import { read, type Ledger } from './ledger';
import { TimeIndex } from './time-index';

/** The lists' view of the world: requests of the company and of each user by lastModified. */
export class RequestIndexes {
	/** Grows with every change that a list can see; caches of lists die with it. */
	revision = 0;
	private readonly company: TimeIndex;
	private readonly byOwner: TimeIndex[];
	private readonly late: { due: number; index: number }[] = [];

	/** Indexes over a ledger's requests. */
	constructor(
		private readonly ledger: Ledger,
		owners: number,
	) {
		const times = (): Float64Array => ledger.listed;
		this.company = new TimeIndex(times);
		this.byOwner = Array.from({ length: owners }, () => new TimeIndex(times));
	}

	/** Takes in all living requests at once. */
	fill(): void {
		const owned: number[][] = this.byOwner.map(() => []);
		const all: number[] = [];
		for (let index = 0; index < this.ledger.size; index++) {
			if (!this.ledger.lives(index)) continue;
			this.ledger.mark(index, 'inLists', true);
			all.push(index);
			owned[read(this.ledger.owner, index)]?.push(index);
		}
		this.company.fill(all);
		this.byOwner.forEach((index, owner) => {
			index.fill(owned[owner] ?? []);
		});
		this.revision++;
	}

	/** Notes a change; with a delay, lists see it only later, under its earlier lastModified. */
	change(index: number, now: number, delayMs: number): void {
		if (delayMs > 0) this.late.push({ due: now + delayMs, index });
		else this.settle(index);
	}

	/** Shows the late changes that are due. */
	showDue(now: number): void {
		for (let i = this.late.length - 1; i >= 0; i--) {
			const change = this.late[i];
			if (!change || change.due > now) continue;
			this.late.splice(i, 1);
			this.settle(change.index);
		}
	}

	/** The listed requests of an owner (or of all) with low <= lastModified <= high. */
	within(owner: number | undefined, low: number, high: number): Iterable<number> {
		const index = owner === undefined ? this.company : this.byOwner[owner];
		return index?.within(low, high) ?? [];
	}

	private settle(index: number): void {
		const owner = this.byOwner[read(this.ledger.owner, index)];
		if (this.ledger.has(index, 'inLists')) {
			this.company.remove(index);
			owner?.remove(index);
		}
		this.ledger.listed[index] = read(this.ledger.modified, index);
		const lives = this.ledger.lives(index);
		this.ledger.mark(index, 'inLists', lives);
		if (lives) {
			this.company.add(index);
			owner?.add(index);
		}
		this.revision++;
	}
}
