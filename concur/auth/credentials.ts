import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ConfigurationError } from '../errors';

const text = z.string().min(1);
const app = { clientId: text, clientSecret: text };

const credentialsSchema = z.discriminatedUnion('grantType', [
	z.object({ grantType: z.literal('client_credentials'), ...app }),
	z.object({
		grantType: z.literal('password'),
		...app,
		username: text,
		password: text,
		credentialType: z.enum(['password', 'authtoken']).default('password'),
	}),
	z.object({ grantType: z.literal('refresh_token'), ...app, refreshToken: text }),
]);

/**
 * How to get access tokens (Authentication page). `client_credentials` gives an app token;
 * `password` with `authtoken` a company token (username: company UUID, password: the request token
 * of the App Center, valid for 24 hours); `password` a user token; `refresh_token` whatever it was
 * issued for.
 */
export type Credentials =
	| {
			readonly grantType: 'client_credentials';
			readonly clientId: string;
			readonly clientSecret: string;
	  }
	| PasswordCredentials
	| {
			readonly grantType: 'refresh_token';
			readonly clientId: string;
			readonly clientSecret: string;
			readonly refreshToken: string;
	  };

export interface PasswordCredentials {
	readonly grantType: 'password';
	readonly clientId: string;
	readonly clientSecret: string;
	readonly username: string;
	readonly password: string;
	readonly credentialType: 'password' | 'authtoken';
}

/**
 * Checks credentials from outside (environment, n8n).
 * @throws {ConfigurationError} `INVALID_CREDENTIALS`, naming the fields that are wrong, never values.
 */
export function parseCredentials(input: unknown): Credentials {
	const parsed = credentialsSchema.safeParse(input);
	if (parsed.success) return parsed.data;
	const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))];
	throw new ConfigurationError(
		'INVALID_CREDENTIALS',
		`The Concur credentials are incomplete or wrong: ${fields.join(', ')}.`,
		{
			advice:
				'Set a grant type (client_credentials, password or refresh_token), the client ID and secret, and what the grant needs.',
		},
	);
}

/** The form fields of a grant's token call. */
export function grantForm(credentials: Credentials): Readonly<Record<string, string>> {
	const form = {
		client_id: credentials.clientId,
		client_secret: credentials.clientSecret,
		grant_type: credentials.grantType,
	};
	switch (credentials.grantType) {
		case 'client_credentials':
			return form;
		case 'password':
			return {
				...form,
				username: credentials.username,
				password: credentials.password,
				credtype: credentials.credentialType,
			};
		case 'refresh_token':
			return { ...form, refresh_token: credentials.refreshToken };
	}
}

/** Everything in the credentials that must never be shown. */
export function secretsOf(credentials: Credentials): readonly string[] {
	switch (credentials.grantType) {
		case 'client_credentials':
			return [credentials.clientSecret];
		case 'password':
			return [credentials.clientSecret, credentials.password];
		case 'refresh_token':
			return [credentials.clientSecret, credentials.refreshToken];
	}
}

/**
 * A fingerprint of what a stored refresh token descends from: when the user configures something
 * new, it differs and the stored token no longer counts. A user's password stays out of it, since
 * a hash of a short secret can be guessed back.
 */
export function fingerprint(credentials: Credentials): string {
	const parts = [credentials.grantType, credentials.clientId];
	if (credentials.grantType === 'password') {
		parts.push(credentials.username, credentials.credentialType);
		if (credentials.credentialType === 'authtoken') parts.push(credentials.password);
	} else if (credentials.grantType === 'refresh_token') {
		parts.push(credentials.refreshToken);
	}
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
