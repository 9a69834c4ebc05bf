import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IDataObject, INodeProperties } from 'n8n-workflow';
import { fingerprint, type Credentials } from '../concur/auth/credentials';
import { textOf } from './region';

/** What n8n keeps for us between calls, in the credential itself; each empty where there is none. */
export interface StoredAccess {
	readonly accessToken: string;
	/** ISO time, some way ahead of its end. */
	readonly accessTokenGoodUntil: string;
	/** Rotates: always the one that came last. */
	readonly currentRefreshToken: string;
	/** Where the user or company lives, as Concur last said. */
	readonly geolocation: string;
	/** As Concur granted them, separated by blanks. */
	readonly grantedScopes: string;
	/** Fingerprint of the form the tokens were issued for. */
	readonly issuedFor: string;
}

/**
 * The hidden fields that hold it. n8n stores what `preAuthentication` returns only in declared
 * fields, and hides secret ones from the editor only where they are declared as passwords.
 */
export const storedAccessProperties: INodeProperties[] = [
	{
		displayName: 'Access Token',
		name: 'accessToken',
		type: 'hidden',
		typeOptions: { expirable: true, password: true },
		default: '',
	},
	{
		displayName: 'Access Token Good Until',
		name: 'accessTokenGoodUntil',
		type: 'hidden',
		default: '',
	},
	{
		displayName: 'Current Refresh Token',
		name: 'currentRefreshToken',
		type: 'hidden',
		typeOptions: { password: true },
		default: '',
	},
	{ displayName: 'Geolocation', name: 'geolocation', type: 'hidden', default: '' },
	{ displayName: 'Granted Scopes', name: 'grantedScopes', type: 'hidden', default: '' },
	{ displayName: 'Issued For', name: 'issuedFor', type: 'hidden', default: '' },
];

/** The stored fields of a credential. */
export function readStoredAccess(data: ICredentialDataDecryptedObject): StoredAccess {
	return {
		accessToken: textOf(data, 'accessToken'),
		accessTokenGoodUntil: textOf(data, 'accessTokenGoodUntil'),
		currentRefreshToken: textOf(data, 'currentRefreshToken'),
		geolocation: textOf(data, 'geolocation'),
		grantedScopes: textOf(data, 'grantedScopes'),
		issuedFor: textOf(data, 'issuedFor'),
	};
}

/** The fields as n8n takes them from `preAuthentication`. */
export function toCredentialData(access: StoredAccess): IDataObject {
	return { ...access };
}

/** Tells tokens of this form from those of an earlier one: by grant, app, account and address. */
export function identifyForm(credentials: Credentials, baseUrl: string): string {
	return createHash('sha256')
		.update(`${fingerprint(credentials)} ${baseUrl}`)
		.digest('hex');
}

const AHEAD_MS = 60_000;
const AHEAD_SHARE = 0.1;

/** Until when a token is used that lives so long from now on. */
export function goodUntil(lifetimeMs: number): string {
	const ahead = Math.min(AHEAD_MS, lifetimeMs * AHEAD_SHARE);
	return new Date(Date.now() + lifetimeMs - ahead).toISOString();
}

/** Whether the access token may still be used. */
export function isFresh({ accessToken, accessTokenGoodUntil }: StoredAccess): boolean {
	return accessToken !== '' && Date.parse(accessTokenGoodUntil) > Date.now();
}
