import { readArray, readObject } from '../answers';
import type { ConcurClient } from '../client';
import type { JsonObject } from '../json';
import type { ReadOptions } from './read-options';
import { readPath } from './read-path';
import { requestPath } from './request-path';
import type { WriteOptions } from './write-options';

export interface CreateProposalOptions extends WriteOptions {
	/** Known from the swagger only: "Enable test request partition". */
	readonly test?: boolean | undefined;
}

/**
 * The proposals a travel agency made for a request, Travel Request v4, "Agency Proposal Resources".
 * The page and the swagger know no userId here: it is sent only where Concur asks for it.
 * @throws what {@link ConcurClient.request} throws.
 */
export async function listAgencyProposals(
	client: ConcurClient,
	requestId: string,
	options: ReadOptions = {},
): Promise<JsonObject[]> {
	const answer = await readPath(client, proposalsPath(requestId), options);
	return readArray(answer, 'agency proposals');
}

/**
 * Puts a proposal into a request, for the traveler to choose from; each call brings one of a batch
 * (`proposalOrder` of `proposalBatchSize`). The swagger requires `agencyProposalEntries`, `booked`
 * and `importDate`, which the page's examples lack. A company token needs the `userId` of the
 * agency's travel agent. A POST is never repeated blindly.
 * @throws what {@link ConcurClient.request} throws.
 */
export async function createAgencyProposal(
	client: ConcurClient,
	requestId: string,
	proposal: JsonObject,
	options: CreateProposalOptions = {},
): Promise<JsonObject> {
	const answer = await client.request({
		method: 'POST',
		path: proposalsPath(requestId),
		query: { userId: options.userId, test: options.test },
		json: proposal,
		signal: options.signal,
	});
	return readObject(answer, 'an agency proposal');
}

function proposalsPath(requestId: string): string {
	return `${requestPath(requestId)}/agencyproposals`;
}
