import { isFresh, type StoredAccess } from './stored-access';

/** What this process knows of one credential's tokens. */
interface Lineage {
	latest: StoredAccess;
	/** Access tokens that `latest` came after. */
	readonly replaced: Set<string>;
}

type Renew = (from: StoredAccess) => Promise<StoredAccess>;

const MOST_LINEAGES = 500;
const MOST_REPLACED = 50;

/**
 * Remembers the tokens that this process got. n8n calls `preAuthentication` without a lock: several
 * nodes and items may ask to renew at once, each with what it read from the credential a moment ago.
 * Here one renewal runs at a time, and whoever comes with tokens that are already replaced gets their
 * successor instead of spending a refresh token that has been spent. Other processes are beyond its
 * reach: there the transport of the nodes reads the credential anew.
 */
export class AccessMemory {
	readonly #lineages = new Map<string, Lineage>();
	readonly #turns = new Map<string, Promise<unknown>>();

	/** The successor of the access `held`: a known one, or what `renew` brings. */
	renew(key: string, held: StoredAccess, renew: Renew): Promise<StoredAccess> {
		const before = this.#turns.get(key) ?? Promise.resolve();
		const turn = before.then(() => this.#renewNow(key, held, renew));
		const settled = turn.then(ignore, ignore).finally(() => {
			if (this.#turns.get(key) === settled) this.#turns.delete(key);
		});
		this.#turns.set(key, settled);
		return turn;
	}

	async #renewNow(key: string, held: StoredAccess, renew: Renew): Promise<StoredAccess> {
		const lineage = this.#lineages.get(key);
		if (lineage && isOlder(held, lineage) && isFresh(lineage.latest)) return lineage.latest;
		const from = lineage && isOlder(held, lineage) ? lineage.latest : held;
		const latest = await renew(from);
		this.#remember(key, latest, [held.accessToken, from.accessToken]);
		return latest;
	}

	#remember(key: string, latest: StoredAccess, replaced: readonly string[]): void {
		const known = [...(this.#lineages.get(key)?.replaced ?? []), ...replaced];
		// Set anew, so that the lineage that was idle longest is the first to go.
		this.#lineages.delete(key);
		this.#lineages.set(key, { latest, replaced: new Set(known.slice(-MOST_REPLACED)) });
		for (const oldest of this.#lineages.keys()) {
			if (this.#lineages.size <= MOST_LINEAGES) break;
			this.#lineages.delete(oldest);
		}
	}
}

function isOlder(held: StoredAccess, { latest, replaced }: Lineage): boolean {
	return held.accessToken !== latest.accessToken && replaced.has(held.accessToken);
}

function ignore(): void {}
