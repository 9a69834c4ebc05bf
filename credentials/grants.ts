import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { parseCredentials, type Credentials } from '../concur/auth/credentials';
import { textOf } from './region';

/** How the SAP Concur API credential may get its tokens, as the form names them. */
export type CredentialGrant = 'clientCredentials' | 'requestToken' | 'password' | 'refreshToken';

/**
 * The credentials that a filled form stands for.
 * @throws {ConfigurationError} `INVALID_CREDENTIALS`, naming the fields, never values.
 */
export function readGrant(data: ICredentialDataDecryptedObject): Credentials {
	const app = {
		clientId: textOf(data, 'clientId').trim(),
		clientSecret: textOf(data, 'clientSecret').trim(),
	};
	switch (textOf(data, 'grant')) {
		case 'requestToken':
			return parseCredentials({
				...app,
				grantType: 'password',
				credentialType: 'authtoken',
				username: textOf(data, 'companyId').trim(),
				password: textOf(data, 'requestToken').trim(),
			});
		case 'password':
			return parseCredentials({
				...app,
				grantType: 'password',
				credentialType: 'password',
				username: textOf(data, 'username').trim(),
				password: textOf(data, 'password'),
			});
		case 'refreshToken':
			return parseCredentials({
				...app,
				grantType: 'refresh_token',
				refreshToken: textOf(data, 'refreshToken').trim(),
			});
		default:
			return parseCredentials({ ...app, grantType: 'client_credentials' });
	}
}

/** Whether a grant hands out refresh tokens worth keeping: a password can simply be used again. */
export function keepsRefreshToken(credentials: Credentials): boolean {
	return (
		credentials.grantType === 'refresh_token' ||
		(credentials.grantType === 'password' && credentials.credentialType === 'authtoken')
	);
}
