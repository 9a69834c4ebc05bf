import type { Partition, StoredRecord } from '../sinks/sink';

/** The ids that a target has, by whom they belong to. */
export class StoredIds {
	readonly #living = new Set<string>();
	readonly #deleted = new Set<string>();
	readonly #byOwner = new Map<string, string[]>();
	readonly #ownerless: string[] = [];

	add({ id, owner, isDeleted }: StoredRecord): void {
		if (isDeleted) {
			this.#deleted.add(id);
			return;
		}
		this.#living.add(id);
		if (owner === undefined) this.#ownerless.push(id);
		else this.#listOf(owner).push(id);
	}

	isLiving(id: string): boolean {
		return this.#living.has(id);
	}

	isDeleted(id: string): boolean {
		return this.#deleted.has(id);
	}

	/**
	 * The living records that a complete list of the partition should have shown. Rows do not say
	 * which partition brought them, and what somebody else's list lacks must not be taken as missing:
	 * - a user's list is answerable for the records of that user (or of the one owner that it shows);
	 * - the list of the token's own user is answerable for all records where it shows several owners
	 *   (a company token), else for the one owner it shows. One that is empty tells
	 *   nothing (see `tellsNothing`);
	 * - records without an owner count where the target has no other partition.
	 */
	scopeOf({ user }: Partition, owners: ReadonlySet<string>, isOnly: boolean): string[] {
		if (user === '' && owners.size > 1) return [...this.#living];
		const answerable = new Set(user === '' ? [] : [normalize(user)]);
		if (owners.size === 1) for (const owner of owners) answerable.add(normalize(owner));
		const own = [...answerable].flatMap((owner) => this.#byOwner.get(owner) ?? []);
		return isOnly ? [...own, ...this.#ownerless] : own;
	}

	/** Records that are not marked as deleted. */
	get living(): number {
		return this.#living.size;
	}

	#listOf(owner: string): string[] {
		const name = normalize(owner);
		let list = this.#byOwner.get(name);
		if (!list) this.#byOwner.set(name, (list = []));
		return list;
	}
}

/** Concur writes the same UUID in either case. */
function normalize(user: string): string {
	return user.toLowerCase();
}
