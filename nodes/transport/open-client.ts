import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { acceptGeolocation } from '../../concur/auth/geolocation';
import { readTokenFacts } from '../../concur/auth/token-facts';
import type { AccessProvider } from '../../concur/auth/token-provider';
import { createConcurClient, type ConcurClient } from '../../concur/client';
import { isJsonObject } from '../../concur/json';
import { readBase } from '../../credentials/region';
import { chooseCredential } from '../parameters/authentication';
import { createN8nTransport } from '../../credentials/transport/n8n-transport';
import { rereadLostRenewals } from './reread-lost-renewals';

/** Where a node may call Concur from: as it runs, fills a list, polls, (un)subscribes or hears of an event. */
export type NodeContext =
	IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions | IHookFunctions | IWebhookFunctions;

/**
 * The client of one execution. n8n signs in: a 401 that it passes on has outlived a renewal, so it
 * is tried once more and is final then.
 * @throws {ConfigurationError} the parameter names no credential, or its address is not allowed.
 */
export async function openClient(context: NodeContext): Promise<ConcurClient> {
	const type = chooseCredential(context);
	const data = await context.getCredentials(type);
	const { baseUrl, rules } = readBase(data);
	const allowHosts = rules.allowHosts ?? [];
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const send = createN8nTransport((options) =>
		context.helpers.httpRequestWithAuthentication.call(context, type, options),
	);
	return createConcurClient({
		baseUrl,
		allowHosts,
		access: accessAt(homeOf(data, baseUrl, rules) ?? baseUrl, scopeOf(data)),
		transport: rereadLostRenewals(send),
		retry: { attempts: 5, capMs: 30_000, retryAfterCapMs: 120_000, refusals: 2 },
		...(signal && { signal }),
	});
}

/** OAuth2 credentials keep the geolocation among the token's data; the others move requests themselves. */
function homeOf(
	data: ICredentialDataDecryptedObject,
	baseUrl: string,
	rules: { readonly allowHosts?: readonly string[] | undefined },
): string | undefined {
	const token: unknown = data['oauthTokenData'];
	const geolocation = isJsonObject(token) ? token['geolocation'] : undefined;
	return typeof geolocation === 'string'
		? acceptGeolocation(baseUrl, geolocation, rules)
		: undefined;
}

/** The scopes that the last token was granted; empty before the first one. */
function scopeOf(data: ICredentialDataDecryptedObject): string {
	const token: unknown = data['oauthTokenData'];
	const scope = isJsonObject(token) ? token['scope'] : data['grantedScopes'];
	return typeof scope === 'string' ? scope : '';
}

function accessAt(baseUrl: string, scope: string): AccessProvider {
	const { scopes } = readTokenFacts({ accessToken: '', scope });
	return {
		get: () => Promise.resolve({ baseUrl, facts: { scopes } }),
		invalidate: () => true,
	};
}
