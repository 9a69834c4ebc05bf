import type { FakeClock } from '../clock';
import type { FakeSettings } from '../options';
import type { Quirks } from '../quirks';
import { Random } from '../random';
import type { Principal } from './answer';

const dayMs = 86_400_000;
/** Refresh tokens live six months. */
const refreshMs = 182 * dayMs;
const codeMs = 300_000;

interface Issued {
	principal: Principal;
	expires: number;
}

/** Every token of the fake: access, refresh, company and connection request tokens. */
export class Tokens {
	/** Users or companies whose log-in is refused with code 123. */
	readonly disabledPrincipals = new Set<string>();
	/** The client is refused with code 59. */
	clientDisabled = false;
	private readonly access = new Map<string, Issued>();
	private readonly refresh = new Map<string, Issued>();
	private readonly request = new Map<string, Issued>();
	private readonly codes = new Map<string, Issued & { redirectUri: string }>();
	private readonly random: Random;
	private answers = 0;

	/** Knows the configured tokens from the start. */
	constructor(
		private readonly settings: FakeSettings,
		private readonly clock: FakeClock,
		private readonly quirks: Quirks,
		private readonly firstUserId: string,
	) {
		this.random = new Random(settings.seed, 801);
		const { credentials } = settings;
		const now = clock.now().getTime();
		const principal = this.configuredPrincipal();
		this.refresh.set(credentials.refreshToken, { principal, expires: now + refreshMs });
		// A company request token lives 24 hours and may be used again within them.
		const company: Principal = { kind: 'company' };
		this.request.set(credentials.companyRequestToken, { principal: company, expires: now + dayMs });
	}

	/** Whom the configured refresh token and client_credentials speak for. */
	configuredPrincipal(): Principal {
		return this.settings.tokenKind === 'company'
			? { kind: 'company' }
			: { kind: 'user', userId: this.firstUserId };
	}

	/** The principal of a living access token. */
	check(token: string): Principal | undefined {
		const issued = this.access.get(token);
		return issued && issued.expires > this.clock.now().getTime() ? issued.principal : undefined;
	}

	/** The principal of a living refresh token; with rotation it dies by being used. */
	useRefreshToken(token: string): Principal | undefined {
		const issued = this.refresh.get(token);
		if (!issued || issued.expires <= this.clock.now().getTime()) return undefined;
		if (this.quirks.rotateRefreshTokens) this.refresh.set(token, { ...issued, expires: 0 });
		return issued.principal;
	}

	/** The principal of a living company or connection request token. */
	useRequestToken(token: string): Principal | undefined {
		const issued = this.request.get(token);
		return issued && issued.expires > this.clock.now().getTime() ? issued.principal : undefined;
	}

	/** Issues a request token for the user of a connection request; it dies after 24 hours. */
	issueRequestToken(userId: string): string {
		const token = this.random.uuid();
		const expires = this.clock.now().getTime() + dayMs;
		this.request.set(token, { principal: { kind: 'user', userId }, expires });
		return token;
	}

	/** Issues an access token shaped like Concur's JWTs. */
	issueAccessToken(principal: Principal): string {
		const seconds = Math.floor(this.clock.now().getTime() / 1000);
		const claims = {
			'concur.type': principal.kind,
			'concur.company': this.settings.credentials.companyId,
			'concur.version': 3,
			'concur.scopes': this.quirks.grantedScopes.split(' '),
			sub: principal.userId ?? this.settings.credentials.companyId,
			iat: seconds,
			exp: seconds + this.settings.accessTokenSeconds,
		};
		const parts = [JSON.stringify({ alg: 'RS256', typ: 'JWT' }), JSON.stringify(claims)];
		const signature = this.random.hex(48);
		const token = [...parts.map((part) => Buffer.from(part).toString('base64url')), signature];
		const text = token.join('.');
		const expires = this.clock.now().getTime() + this.settings.accessTokenSeconds * 1000;
		this.access.set(text, { principal, expires });
		return text;
	}

	/** Issues the code with which a signed-in user comes back; it dies by being used, or soon. */
	issueCode(userId: string, redirectUri: string): string {
		const code = this.random.uuid();
		const expires = this.clock.now().getTime() + codeMs;
		this.codes.set(code, { principal: { kind: 'user', userId }, expires, redirectUri });
		return code;
	}

	/** The principal of a living code, given back to the address it was issued for. */
	useCode(code: string, redirectUri: string): Principal | undefined {
		const issued = this.codes.get(code);
		this.codes.delete(code);
		const isGood = issued?.redirectUri === redirectUri;
		return isGood && issued.expires > this.clock.now().getTime() ? issued.principal : undefined;
	}

	/** Issues a refresh token. */
	issueRefreshToken(principal: Principal): string {
		const token = this.random.uuid();
		this.refresh.set(token, { principal, expires: this.clock.now().getTime() + refreshMs });
		return token;
	}

	/** `expires_in`: a string in the reference, a number in the migration guide. */
	expiresIn(): string | number {
		const seconds = this.settings.accessTokenSeconds;
		const style = this.quirks.expiresIn;
		const asText = style === 'alternate' ? this.answers++ % 2 === 0 : style === 'string';
		return asText ? String(seconds) : seconds;
	}

	/** Kills the access token of an Authorization header before its time. */
	revoke(authorization: string | undefined): void {
		const token = (authorization ?? '').replace(/^Bearer /i, '');
		const issued = this.access.get(token);
		if (issued) this.access.set(token, { ...issued, expires: 0 });
	}

	/** Kills all access tokens, as after a revocation. */
	revokeAccess(): void {
		for (const [token, issued] of this.access) this.access.set(token, { ...issued, expires: 0 });
	}

	/** Every secret configured or issued so far. */
	secrets(): string[] {
		const { clientSecret, password, companyRequestToken, refreshToken } = this.settings.credentials;
		const configured = [clientSecret, password, companyRequestToken, refreshToken];
		const issued = [this.access, this.refresh, this.request].flatMap((kind) => [...kind.keys()]);
		return [...new Set([...configured, ...issued])];
	}
}
