/** What survives between runs: never an access token. */
export interface StoredTokens {
	readonly refreshToken: string;
	/** Where the user or company lives, as Concur last said. */
	readonly geolocation?: string | undefined;
	/** Fingerprint of the credentials this token descends from. */
	readonly startedFrom: string;
}

/** Keeps the rotating refresh token. `FileTokenStore` keeps it across processes. */
export interface TokenStore {
	read(): Promise<StoredTokens | undefined>;
	/** Returns only when the tokens would survive a crash. */
	write(tokens: StoredTokens): Promise<void>;
	/** Runs `work` while nobody else, in any process, does; they wait. */
	exclusively<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** Keeps the refresh token for the life of the process. */
export class MemoryTokenStore implements TokenStore {
	#tokens: StoredTokens | undefined;
	#last: Promise<unknown> = Promise.resolve();

	constructor(tokens?: StoredTokens) {
		this.#tokens = tokens;
	}

	read(): Promise<StoredTokens | undefined> {
		return Promise.resolve(this.#tokens);
	}

	write(tokens: StoredTokens): Promise<void> {
		this.#tokens = tokens;
		return Promise.resolve();
	}

	exclusively<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.#last.then(work);
		this.#last = turn.catch(() => undefined);
		return turn;
	}
}
