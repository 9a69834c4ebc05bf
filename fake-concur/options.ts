/** How to start a fake Concur; everything is optional. */
export interface FakeConcurOptions {
	/** Port of the home data centre on 127.0.0.1; 0 (default) takes any. */
	port?: number;
	/** Everything random comes from this seed; default 1. */
	seed?: number;
	/** Number of users; default 3. */
	users?: number;
	/** Seeded travel requests over all users; default 100. */
	requests?: number;
	/** Seeded connection requests; default 12. */
	connectionRequests?: number;
	/** Also seed the examples of the reference pages; default true. */
	documentedExamples?: boolean;
	/** Whether modifiedAfter/Before (and approvedAfter/Before) include the bound; default 'inclusive'. */
	inclusivity?: 'inclusive' | 'exclusive';
	/** Start of the fake clock; default the real now. */
	now?: Date;
	/** Seeded lastModified dates spread over this many days before now, denser towards now; default 700. */
	spanDays?: number;
	/** OAuth2 client id. */
	clientId?: string;
	/** OAuth2 client secret. */
	clientSecret?: string;
	/** Login of the first user, for the password grant. */
	username?: string;
	/** That user's password. */
	password?: string;
	/** The company's UUID, which tokens tell. */
	companyId?: string;
	/** Company request token for the password grant with credtype=authtoken; dies after 24 h. */
	companyRequestToken?: string;
	/** A refresh token issued earlier, good for the refresh_token grant. */
	refreshToken?: string;
	/** What the configured refresh token and client_credentials stand for; default 'company'. */
	tokenKind?: 'company' | 'user';
	/** Lifetime of access tokens in fake seconds; default 3600. */
	accessTokenSeconds?: number;
	/** Added to every answer; default 0. */
	latencyMs?: number;
	/** Connection requests: integer-offset queue (default), leases, or the older `status` filter. */
	connectionQueue?: ConnectionQueueKind;
}

/** The three semantics the connection-request list has had over the years. */
export type ConnectionQueueKind = 'queue' | 'lease' | 'status';

/** What a client needs to log in to the fake. */
export interface FakeCredentials {
	clientId: string;
	clientSecret: string;
	username: string;
	password: string;
	companyId: string;
	companyRequestToken: string;
	refreshToken: string;
}

/** The options with every gap filled. */
export type FakeSettings = Required<Omit<FakeConcurOptions, keyof FakeCredentials>> & {
	credentials: FakeCredentials;
};

/** Fills the gaps of the options. */
export function completeOptions(options: FakeConcurOptions): FakeSettings {
	return {
		port: options.port ?? 0,
		seed: options.seed ?? 1,
		users: Math.max(1, options.users ?? 3),
		requests: options.requests ?? 100,
		connectionRequests: options.connectionRequests ?? 12,
		documentedExamples: options.documentedExamples ?? true,
		inclusivity: options.inclusivity ?? 'inclusive',
		now: options.now ?? new Date(),
		spanDays: options.spanDays ?? 700,
		tokenKind: options.tokenKind ?? 'company',
		accessTokenSeconds: options.accessTokenSeconds ?? 3600,
		latencyMs: options.latencyMs ?? 0,
		connectionQueue: options.connectionQueue ?? 'queue',
		credentials: {
			clientId: options.clientId ?? 'e010e25d-0000-4000-a000-fake00c11e47',
			clientSecret: options.clientSecret ?? 'fake-client-secret-5f0c7a',
			username: options.username ?? 'john.doe@fake-concur.example',
			password: options.password ?? 'fake-password-91b3d2',
			companyId: options.companyId ?? '8568a4cd-8ffc-49d6-9417-be2d69aa075f',
			companyRequestToken: options.companyRequestToken ?? 'fake-company-request-token-44b6',
			refreshToken: options.refreshToken ?? 'fake-refresh-token-0c88e1',
		},
	};
}
