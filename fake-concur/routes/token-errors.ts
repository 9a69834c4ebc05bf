import { Refusal } from '../http/answer';
import type { JsonValue } from '../json';

/** Concur's numeric token errors: HTTP status, OAuth2 error, description. */
export const tokenErrors: Record<number, readonly [number, string, string]> = {
	5: [400, 'invalid_grant', 'Incorrect Credentials. Please Retry'],
	16: [400, 'invalid_request', 'user lives elsewhere'],
	51: [400, 'invalid_request', 'username was not supplied'],
	52: [400, 'invalid_request', 'password was not supplied'],
	59: [403, 'access_denied', 'client disabled'],
	60: [400, 'invalid_grant', 'these are not the grants you are looking for'],
	61: [401, 'invalid_client', 'client not found'],
	62: [400, 'invalid_request', 'client_id was not supplied'],
	63: [400, 'invalid_request', 'client_secret was not supplied'],
	64: [401, 'invalid_client', 'Incorrect credentials. Please Retry'],
	65: [400, 'invalid_request', 'grant_type was not supplied'],
	103: [400, 'invalid_grant', 'code is invalid or expired'],
	104: [400, 'invalid_request', 'redirect_uri is invalid'],
	106: [400, 'invalid_request', 'refresh_token was not supplied'],
	108: [400, 'invalid_grant', 'bad or expired refresh token'],
	115: [401, 'invalid_request', 'unauthenticated client will not be issued token!'],
	120: [400, 'invalid_request', 'credtype is invalid'],
	123: [403, 'invalid_request', 'principal is disabled'],
	136: [400, 'invalid_grant', 'this authtoken was not issued to you'],
};

/** The refusal of a token call. */
export function refuseToken(code: number, extra: Record<string, JsonValue> = {}): Refusal {
	const [status, error, description] = tokenErrors[code] ?? [400, 'invalid_request', 'refused'];
	return new Refusal(status, String(code), description, { error, ...extra });
}
