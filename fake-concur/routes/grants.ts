import type { Principal } from '../http/answer';
import type { State } from '../state';
import { refuseToken } from './token-errors';

/** Finds out whom a grant speaks for, or refuses it with Concur's numeric code. */
export function authenticate(grant: string, form: URLSearchParams, state: State): Principal {
	switch (grant) {
		case 'client_credentials': {
			const principal = state.tokens.configuredPrincipal();
			// Concur's app token; the fake lets it stand for the company unless told to be strict.
			return state.quirks.strictAppTokens ? { kind: 'app' } : principal;
		}
		case 'password':
			return authenticateByPassword(form, state);
		case 'refresh_token': {
			const token = form.get('refresh_token');
			if (!token) throw refuseToken(106);
			const principal = state.tokens.useRefreshToken(token);
			if (!principal) throw refuseToken(108);
			return principal;
		}
		case 'authorization_code': {
			const code = form.get('code') ?? '';
			const principal = state.tokens.useCode(code, form.get('redirect_uri') ?? '');
			if (!principal) throw refuseToken(103);
			return principal;
		}
		default:
			throw refuseToken(60);
	}
}

function authenticateByPassword(form: URLSearchParams, state: State): Principal {
	const username = form.get('username');
	const password = form.get('password');
	if (!username) throw refuseToken(51);
	if (!password) throw refuseToken(52);
	const kind = form.get('credtype') ?? 'password';
	if (kind === 'authtoken') return authenticateByRequestToken(username, password, state);
	if (kind !== 'password') throw refuseToken(120);
	const user = state.world.user(username);
	if (!user || password !== state.settings.credentials.password) throw refuseToken(5);
	return { kind: 'user', userId: user.id };
}

/** username = company id or user id, password = the request token issued for it. */
function authenticateByRequestToken(username: string, token: string, state: State): Principal {
	const principal = state.tokens.useRequestToken(token);
	if (!principal) throw refuseToken(5);
	const subject = principal.userId ?? state.settings.credentials.companyId;
	if (subject !== username) throw refuseToken(136);
	return principal;
}
