import { orAbort } from '../clock';
import { HttpError } from '../errors';

/**
 * Tells a token that has died, which is a passing fault, from one that never was any good: by how
 * the calls that carry it fare. Kept by API, since a token may lack the scope of one of them.
 */
export class TokenTrials {
	#token: string | undefined;
	readonly #byApi = new Map<string, TokenTrial>();

	/** A call with this token begins; its `end` must be called. */
	begin(token: string | undefined, path: string): TokenTrial {
		if (token !== this.#token) {
			this.#token = token;
			this.#byApi.clear();
		}
		const api = apiOf(path);
		const trial = this.#byApi.get(api) ?? new TokenTrial();
		this.#byApi.set(api, trial);
		trial.begin();
		return trial;
	}
}

/** How one token fares with one API. */
export class TokenTrial {
	#underWay = 0;
	#hasWorked = false;
	#decide: (() => void) | undefined;
	readonly #decided = new Promise<void>((resolve) => {
		this.#decide = resolve;
	});

	begin(): void {
		this.#underWay++;
	}

	/** A call is over. */
	end(error?: unknown): void {
		this.#underWay--;
		this.#hasWorked ||= error === undefined || isAfterSignIn(error);
		if (this.#hasWorked || this.#underWay === 0) this.#decide?.();
	}

	/**
	 * Whether the token has worked for any call. While others are under way it is not known yet: a
	 * refusal comes faster than an answer does.
	 */
	async hasWorked(signal: AbortSignal | undefined): Promise<boolean> {
		await orAbort(this.#decided, signal);
		return this.#hasWorked;
	}
}

/** Concur's own refusal of what was asked, not of who asked; a gateway's has no code. */
function isAfterSignIn(error: unknown): boolean {
	return (
		error instanceof HttpError &&
		error.concurCode !== undefined &&
		[400, 403, 404, 409].includes(error.status ?? 0)
	);
}

/** `/travelrequest/v4`, `/profile/identity`, `/api/v3.2`. */
function apiOf(path: string): string {
	return path.split('/', 3).join('/');
}
