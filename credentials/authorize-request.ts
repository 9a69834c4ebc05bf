import {
	OperationalError,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { acceptGeolocation } from '../concur/auth/geolocation';
import { ConfigurationError } from '../concur/errors';
import { readGrant } from './grants';
import { readBase, type CredentialBase } from './region';
import { identifyForm, isFresh, readStoredAccess, type StoredAccess } from './stored-access';

/** The address the credential test asks for; {@link authorizeRequest} puts a fitting one in place. */
export const probePath = '/';

/**
 * Adds the access token to a request, and moves it from the configured address to where Concur said
 * that the account lives. n8n's HTTP Request node comes here too, so the host is checked here.
 * @throws {ConfigurationError} `HOST_MISMATCH`: the token stays here.
 */
export function authorizeRequest(
	data: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): IHttpRequestOptions {
	const base = readBase(data);
	const access = readStoredAccess(data);
	if (!isFresh(access) || access.issuedFor !== identifyForm(readGrant(data), base.baseUrl)) {
		throw new StaleAccess();
	}
	const url = locate(targetOf(options), base, access);
	const { baseURL: _, ...rest } = options;
	const probe = url.pathname === probePath ? describeProbe(access) : undefined;
	if (probe) url.pathname = probe.path;
	return {
		...rest,
		...probe?.options,
		...('uri' in options ? { uri: url.href, url: url.href } : { url: url.href }),
		headers: { ...options.headers, Authorization: `Bearer ${access.accessToken}` },
		sendCredentialsOnCrossOriginRedirect: false,
	};
}

/**
 * Looks like a 401 to n8n, which then calls `preAuthentication`: without it a token would be used
 * until Concur refuses it, also after the form has been changed to another company.
 */
class StaleAccess extends OperationalError {
	readonly response = { status: 401 };

	constructor() {
		super('The access token is not the one of this credential any more.');
	}
}

/** n8n's older request helper names it `uri`. */
function targetOf(options: IHttpRequestOptions & { readonly uri?: unknown }): URL {
	const address = typeof options.uri === 'string' ? options.uri : options.url;
	if (options.baseURL === undefined) return parseTarget(address);
	return parseTarget(`${options.baseURL.replace(/\/+$/, '')}/${address.replace(/^\/+/, '')}`);
}

function parseTarget(address: string): URL {
	if (URL.canParse(address)) return new URL(address);
	throw new ConfigurationError('INVALID_BASE_URL', 'The address of the request is not complete.', {
		advice: 'Give the whole address, such as https://us2.api.concursolutions.com/travelrequest/v4.',
	});
}

function locate(target: URL, { baseUrl, rules }: CredentialBase, access: StoredAccess): URL {
	const origin = acceptGeolocation(baseUrl, target.origin, rules);
	if (origin === undefined) {
		throw new ConfigurationError(
			'HOST_MISMATCH',
			`${target.host} is not allowed: the credential is for ${new URL(baseUrl).host}.`,
			{ advice: 'Send the request to the API address of your data center.' },
		);
	}
	const home = acceptGeolocation(baseUrl, access.geolocation || undefined, rules);
	if (origin !== baseUrl || home === undefined) return target;
	const moved = new URL(home);
	moved.pathname = target.pathname;
	moved.search = target.search;
	return moved;
}

/**
 * What shows that a token works and changes nothing: reading a record that cannot exist. Its 404
 * proves token and scope; a list of connection requests would hand out request tokens.
 */
function describeProbe({ grantedScopes }: StoredAccess): {
	readonly path: string;
	readonly options: Partial<IHttpRequestOptions>;
} {
	const scopes = grantedScopes.split(/\s+/);
	const supplierOnly = scopes.includes('CONREQ') && !scopes.includes('travelrequest.write');
	return {
		path: supplierOnly
			? '/api/v3.2/common/connectionrequests/00000000-0000-0000-0000-000000000000'
			: '/travelrequest/v4/requests/00000000000000000000000000000000',
		options: {
			ignoreHttpStatusErrors: { ignore: true, except: [401, 403, 429, 500, 502, 503, 504] },
		},
	};
}
