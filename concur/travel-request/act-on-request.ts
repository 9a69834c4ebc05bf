import type { ConcurClient } from '../client';
import { ConfigurationError } from '../errors';
import type { RequestItem } from './list-requests';
import { readRequest } from './read-request';
import { requestPath } from './request-path';
import type { WriteOptions } from './write-options';

/** The first five are the traveler's; approver, processor, agency and outside systems have the rest. */
export const requestActions = [
	'submit',
	'recall',
	'cancel',
	'close',
	'reopen',
	'approve',
	'sendback',
] as const;

export type RequestAction = (typeof requestActions)[number];

export interface ActOptions extends WriteOptions {
	/** Why the request goes back to the traveler: for `sendback`, which needs it. */
	readonly comment?: string | undefined;
	/** Early access: the approver in whose place the user acts. */
	readonly delegatorUserId?: string | undefined;
	/** The company's unique identifier. The swagger spells it so; the page writes `companyID`. */
	readonly companyId?: string | undefined;
}

/**
 * Moves a request through its workflow, Travel Request v4, `POST /requests/{id}/{action}`, and
 * returns it as it is then. A company token needs `userId` for the traveler's actions; without it the
 * audit trail of the others says "System, Concur". A POST is never repeated blindly.
 * @throws what {@link ConcurClient.request} throws; {@link HttpError} `CONCUR_CONFLICT` or
 * `CONCUR_FORBIDDEN` where the state does not allow the action; {@link ConfigurationError}
 * `INVALID_PARAMETER` for a sendback without a comment, or a comment to anything else.
 */
export async function actOnRequest(
	client: ConcurClient,
	id: string,
	action: RequestAction,
	options: ActOptions = {},
): Promise<RequestItem> {
	checkAction(action, options.comment);
	const answer = await client.request({
		method: 'POST',
		path: `${requestPath(id)}/${action}`,
		query: {
			userId: options.userId,
			companyId: options.companyId,
			delegatorUserId: options.delegatorUserId,
		},
		// Only sendback has a body; without one the call goes out with Content-Length: 0.
		...(action === 'sendback' && { json: { comment: options.comment } }),
		signal: options.signal,
	});
	return readRequest(answer);
}

function checkAction(action: RequestAction, comment: string | undefined): void {
	if (!requestActions.includes(action)) {
		throw new ConfigurationError('INVALID_PARAMETER', 'This is no action on a request.', {
			advice: `Use one of ${requestActions.join(', ')}.`,
		});
	}
	if (action === 'sendback' && (comment === undefined || comment.trim() === '')) {
		throw new ConfigurationError('INVALID_PARAMETER', 'A request goes back only with a comment.', {
			advice: 'Say in the comment what the traveler should change.',
		});
	}
	if (action !== 'sendback' && comment !== undefined) {
		throw new ConfigurationError('INVALID_PARAMETER', `Concur takes no comment to ${action}.`, {
			advice: 'Leave the comment out; only sendback has one.',
		});
	}
}
