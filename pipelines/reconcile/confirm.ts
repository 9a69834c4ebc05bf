import type { ConcurClient } from '../../concur/client';
import { ConcurError } from '../../concur/errors';
import { getRequest } from '../../concur/travel-request/get-request';
import type { RequestItem } from '../../concur/travel-request/list-requests';
import { isNotFound } from '../../concur/travel-request/not-found';
import { isContained } from '../extract/failures';

/** What Concur says about a request that its list did not show. */
export type Verdict =
	| { readonly kind: 'gone'; readonly at: string }
	| { readonly kind: 'found'; readonly request: RequestItem }
	| { readonly kind: 'unconfirmed'; readonly error: ConcurError };

/** Listed requests that are asked for to see whether details can be read at all. */
const MOST_WITNESSES = 3;

/**
 * Asks Concur for requests that a complete sweep did not show, the second sign of a deletion (see
 * `missing-record` of the extract).
 *
 * Only Concur's own `notFound` means that one is gone; a gateway's 404, a refusal or a failure says
 * nothing. And it counts only after a *witness*, a request that was listed just now, could be read
 * in the same way: where a token is answered so for everything, nothing was deleted.
 */
export class Confirmer {
	#witness: Promise<ConcurError | undefined> | undefined;

	constructor(
		private readonly client: ConcurClient,
		private readonly user: string,
		private readonly signal: AbortSignal,
		/** Some ids of the sweep; none where the list was empty. */
		private readonly listed: readonly string[],
	) {}

	/** @throws what would stop every other call too. */
	async confirm(id: string): Promise<Verdict> {
		const answer = await this.#read(id);
		if (answer.kind !== 'gone') return answer;
		const doubt = await (this.#witness ??= this.#askWitnesses());
		return doubt ? { kind: 'unconfirmed', error: doubt } : answer;
	}

	/** Why a `notFound` cannot be believed; undefined when it can. */
	async #askWitnesses(): Promise<ConcurError | undefined> {
		const witnesses = this.listed.slice(0, MOST_WITNESSES);
		if (witnesses.length === 0) return undefined;
		for (const id of witnesses) {
			const answer = await this.#read(id);
			if (answer.kind === 'found') return undefined;
			if (answer.kind === 'unconfirmed') return answer.error;
		}
		return new ConcurError(
			'CONCUR_NOT_FOUND',
			'Concur does not find requests that it lists, so its word proves no deletion.',
			{ advice: 'Check that the token may read the details of these requests, then run again.' },
		);
	}

	async #read(id: string): Promise<Verdict> {
		const { client, signal, user } = this;
		try {
			const options = { signal, ...(user === '' ? {} : { userId: user }) };
			return { kind: 'found', request: await getRequest(client, id, options) };
		} catch (error) {
			if (signal.aborted || !isContained(error)) throw error;
			if (!isNotFound(error)) return { kind: 'unconfirmed', error };
			return { kind: 'gone', at: new Date(client.serverNow() ?? Date.now()).toISOString() };
		}
	}
}
