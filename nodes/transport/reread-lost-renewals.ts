import { systemSleep } from '../../concur/clock';
import { AuthError } from '../../concur/errors';
import type { Transport } from '../../concur/transport';

const PAUSES_MS = [300, 1_000, 3_000];

/**
 * Two n8n workers may renew a token at the same moment, for n8n holds no lock around it: one of
 * them spends the refresh token, the other is refused. n8n reads the credential anew for each
 * request, so the loser waits until the winner has stored its tokens and sends again.
 */
export function rereadLostRenewals(transport: Transport): Transport {
	return {
		async send(request) {
			for (const pauseMs of PAUSES_MS) {
				const answer = await transport.send(request).catch(expectSpent);
				if (answer) return answer;
				await systemSleep(pauseMs, request.signal);
			}
			return transport.send(request);
		},
	};
}

function expectSpent(error: unknown): undefined {
	if (error instanceof AuthError && error.code === 'CONCUR_AUTH_REFRESH_TOKEN') return undefined;
	throw error;
}
