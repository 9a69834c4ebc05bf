import type { Credentials } from '../../concur/auth/credentials';
import { FileTokenStore } from '../../concur/auth/file-token-store';
import { MemoryTokenStore } from '../../concur/auth/token-store';
import { createConcurClient, type ConcurClient } from '../../concur/client';
import type { Logger } from '../../concur/logger';
import type { Settings } from './settings';

export interface ConnectOptions {
	readonly allowHosts: readonly string[];
	readonly concurrency: number;
	readonly signal: AbortSignal;
	readonly logger: Logger;
}

/** The client that the settings describe. It calls nobody until it is used. */
export function connect(settings: Settings, options: ConnectOptions): ConcurClient {
	const file = settings.SAP_CONCUR_TOKEN_FILE;
	return createConcurClient({
		baseUrl: settings.SAP_CONCUR_BASE_URL,
		credentials: toCredentials(settings),
		tokenStore: file === undefined ? new MemoryTokenStore() : new FileTokenStore(file),
		allowHosts: options.allowHosts,
		concurrency: options.concurrency,
		signal: options.signal,
		logger: options.logger,
	});
}

function toCredentials(settings: Settings): Credentials {
	const app = {
		clientId: settings.SAP_CONCUR_CLIENT_ID,
		clientSecret: settings.SAP_CONCUR_CLIENT_SECRET,
	};
	switch (settings.SAP_CONCUR_GRANT_TYPE) {
		case 'client_credentials':
			return { ...app, grantType: 'client_credentials' };
		case 'password':
			return {
				...app,
				grantType: 'password',
				credentialType: settings.SAP_CONCUR_CREDENTIAL_TYPE,
				username: settings.SAP_CONCUR_USERNAME ?? '',
				password: settings.SAP_CONCUR_PASSWORD ?? '',
			};
		case 'refresh_token':
			return {
				...app,
				grantType: 'refresh_token',
				refreshToken: settings.SAP_CONCUR_REFRESH_TOKEN ?? '',
			};
	}
}
