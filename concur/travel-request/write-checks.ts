import { unexpected } from '../answers';
import { ConfigurationError } from '../errors';
import type { ConcurAnswer } from '../exchange';
import type { JsonObject } from '../json';

/**
 * Refuses a new record that brings an id: Concur gives one and answers 400 `idNotAllowed`.
 * @throws {ConfigurationError} `INVALID_PARAMETER`.
 */
export function refuseId(body: JsonObject, what: string): void {
	if (body['id'] === undefined) return;
	throw new ConfigurationError('INVALID_PARAMETER', `A new ${what} cannot have an id.`, {
		advice: `Leave the id out: Concur gives the new ${what} one. To change an existing ${what}, update it.`,
	});
}

/**
 * Reads the answer to a DELETE: `true` where it worked (Travel Request v4, examples), nothing at all
 * where an earlier attempt had done it.
 */
export function checkDeleted(answer: ConcurAnswer, what: string): void {
	if (answer.data === false) throw unexpected(answer, `says that ${what} was not deleted`);
}
