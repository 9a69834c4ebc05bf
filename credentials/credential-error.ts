import { UserError } from 'n8n-workflow';
import { ConcurError } from '../concur/errors';

/**
 * What went wrong with a credential, in one text: n8n's credential test shows the message alone, and
 * the `code` instead of it where the error has one, so code and correlation id stand in the words.
 */
export function toCredentialError(error: unknown): unknown {
	if (!(error instanceof ConcurError)) return error;
	const id = error.correlationId === undefined ? '' : ` (Correlation ID ${error.correlationId})`;
	return new UserError(`${error.message} ${error.advice}${id}`, { cause: error });
}
