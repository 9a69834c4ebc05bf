import { UserError, type ICredentialDataDecryptedObject } from 'n8n-workflow';
import { AuthError, ConcurError } from '../concur/errors';

const REQUEST_TOKEN_EXPIRED =
	"A company request token dies after 24 hours: get a new one in the company's App Center, and save and test the credential soon after.";

const HOST_NOT_ALLOWED =
	"Use a host under api.concursolutions.com. If you trust another one with your tokens, take the region 'Other Address' and switch 'Trust This Host' on; https only.";

/**
 * What went wrong with a credential, in one text: n8n's credential test shows the message alone, and
 * the `code` instead of it where the error has one, so code and correlation id stand in the words.
 */
export function toCredentialError(error: unknown, data: ICredentialDataDecryptedObject): unknown {
	if (!(error instanceof ConcurError)) return error;
	const id = error.correlationId === undefined ? '' : ` (Correlation ID ${error.correlationId})`;
	return new UserError(`${error.message} ${adviseOn(error, data)}${id}`, { cause: error });
}

/** In the words of the form; Concur has one code for a wrong password and an expired request token. */
function adviseOn(error: ConcurError, { grant }: ICredentialDataDecryptedObject): string {
	if (error.code === 'HOST_NOT_ALLOWED') return HOST_NOT_ALLOWED;
	const isLogin = error instanceof AuthError && error.code === 'CONCUR_AUTH_CREDENTIALS';
	const isExpiry = isLogin && grant === 'requestToken' && error.concurCode !== '136';
	return isExpiry ? REQUEST_TOKEN_EXPIRED : error.advice;
}
