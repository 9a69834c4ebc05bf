import type { TokenOwner } from '../../concur/auth/token-owner';
import type { ConcurClient } from '../../concur/client';
import { ConfigurationError } from '../../concur/errors';
import type { ReadFailure } from '../extract/failures';
import type { Facts } from '../sinks/sink';

/** Whose a target is: facts that it remembers, ids in lower case. */
const COMPANY = 'company';
/** Who the token's own user was, where the target has read that: a user, or a company as a whole. */
const OWN_USER = 'own_user';

/** Asks the client whose token it has; a token that cannot be had ends the reading like any failure. */
export async function learnOwner(
	client: Pick<ConcurClient, 'owner'>,
	signal: AbortSignal,
): Promise<{ readonly owner: TokenOwner; readonly failure?: ReadFailure }> {
	try {
		return { owner: await client.owner(signal) };
	} catch (error) {
		return { owner: {}, failure: { error } };
	}
}

/**
 * Holds a target to the one whose it is. Another company's token lists none of its requests, another
 * user's token other ones: both would go on from where the first has ended, and a reconcile would
 * find everything deleted.
 *
 * @param readsOwn whether the requests of the token's own user are read, and not only of users named.
 * @returns what the target should remember.
 * @throws {ConfigurationError} `TARGET_OTHER_COMPANY` or `TARGET_OTHER_USER`.
 */
export function claimTarget(
	target: string,
	facts: Facts,
	{ company, user }: TokenOwner,
	readsOwn: boolean,
): Facts {
	const own = readsOwn ? (user ?? company) : undefined;
	const held = facts[COMPANY];
	if (company !== undefined && held !== undefined && held !== company)
		throw refuse('TARGET_OTHER_COMPANY', target, 'company', held, company);
	const heldUser = facts[OWN_USER];
	if (own !== undefined && heldUser !== undefined && heldUser !== own)
		throw refuse('TARGET_OTHER_USER', target, 'user or company', heldUser, own);
	return {
		...(company !== undefined && { [COMPANY]: company }),
		...(own !== undefined && { [OWN_USER]: own }),
	};
}

function refuse(
	code: string,
	target: string,
	what: string,
	held: string,
	given: string,
): ConfigurationError {
	return new ConfigurationError(
		code,
		`${target} holds the requests of the ${what} ${held}, and these credentials are of ${given}.`,
		{ advice: 'Use the credentials of the earlier exports, or another target for these.' },
	);
}
