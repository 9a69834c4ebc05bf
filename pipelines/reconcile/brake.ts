import { ConcurError } from '../../concur/errors';

/** How many requests may be gone before a reconcile believes that something else is wrong. */
export type MaxMissing =
	| { readonly kind: 'share'; readonly share: number }
	| { readonly kind: 'count'; readonly count: number };

export const DEFAULT_MAX_MISSING: MaxMissing = { kind: 'share', share: 0.1 };

/** Of fewer requests a share says nothing. */
const FEWEST_FOR_SHARE = 50;

/**
 * Stops a reconcile before it marks anything where too many requests seem to be gone: credentials
 * that show less, an outage that answers with empty lists and `notFound` for all. Each partition is
 * judged by itself and all of them together, so that a loss spread over many users shows as well.
 */
export class Brake {
	constructor(private readonly most: MaxMissing) {}

	/** @throws {ConcurError} `RECONCILE_TOO_MANY_MISSING`. */
	check(gone: number, checked: number, user = ''): void {
		if (gone <= this.#allowed(checked)) return;
		const whose = user === '' ? '' : ` of user ${user}`;
		throw new ConcurError(
			'RECONCILE_TOO_MANY_MISSING',
			`Of ${checked} requests${whose} in the target at least ${gone} are gone from Concur, more than ${this.#describe()} allows: nothing was marked as deleted.`,
			{
				advice:
					'Check that these are the credentials of the exports and that Concur works; if so many were really deleted, run again with a larger --max-missing, e.g. --max-missing 100%.',
			},
		);
	}

	#allowed(checked: number): number {
		if (this.most.kind === 'count') return this.most.count;
		return checked < FEWEST_FOR_SHARE ? Infinity : Math.floor(checked * this.most.share);
	}

	#describe(): string {
		const { most } = this;
		return `--max-missing ${most.kind === 'count' ? most.count : `${most.share * 100}%`}`;
	}
}
