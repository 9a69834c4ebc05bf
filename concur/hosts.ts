import { ConfigurationError } from './errors';

/** Where a host belongs; tokens never travel from one kind of host to another. */
export type HostKind = 'concur' | 'loopback' | 'allowed';

export interface HostRules {
	/** Further hosts (`host` or `host:port`) the user trusts; https only. */
	readonly allowHosts?: readonly string[] | undefined;
}

// One label only, so that `x.api.concursolutions.com.example` and deeper names do not slip in.
// `cn.api.concurcdc.cn` left the Base URIs page in 2025 but still serves older tenants.
const CONCUR_NAMES =
	/[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.api\.concursolutions\.com|cn\.api\.concurcdc\.cn/.source;
const LOOPBACK_NAMES = /localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]/.source;
const CONCUR_HOST = new RegExp(`^(?:${CONCUR_NAMES})$`);
const LOOPBACK_HOST = new RegExp(`^(?:${LOOPBACK_NAMES})$`);

/**
 * The same rule as patterns over whole origins, for places that cannot call {@link parseBaseUrl}:
 * the expressions of n8n's OAuth2 credentials.
 */
export const concurOriginPattern = new RegExp(`^https:\\/\\/(?:${CONCUR_NAMES})\\/?$`);
export const loopbackOriginPattern = new RegExp(
	`^https?:\\/\\/(?:${LOOPBACK_NAMES})(?::\\d{1,5})?\\/?$`,
);

/**
 * Checks the base address of an API and returns its origin (`https://us2.api.concursolutions.com`).
 * Accepted: https to `*.api.concursolutions.com` and `cn.api.concurcdc.cn`, http or https to this
 * machine, https to a host in `allowHosts`. A trailing slash is tolerated.
 * @throws {ConfigurationError} `INVALID_BASE_URL` or `HOST_NOT_ALLOWED`.
 */
export function parseBaseUrl(text: string, rules: HostRules = {}): string {
	const url = parseUrl(text);
	classifyHost(url, rules);
	return url.origin;
}

/** Whether {@link parseBaseUrl} would accept the address. */
export function isAllowedHost(text: string, rules: HostRules = {}): boolean {
	return hostKind(text, rules) !== undefined;
}

/** The kind of an address's host, or undefined where {@link parseBaseUrl} would refuse it. */
export function hostKind(text: string, rules: HostRules = {}): HostKind | undefined {
	try {
		return classifyHost(parseUrl(text), rules);
	} catch {
		return undefined;
	}
}

/** Whether the address names this machine. */
export function isLoopback(url: URL): boolean {
	return LOOPBACK_HOST.test(url.hostname);
}

function parseUrl(text: string): URL {
	// URL drops tabs and turns backslashes into slashes: such text is refused, not repaired.
	if (!/^https?:\/\/[^\s\\@?#]+$/i.test(text) || !URL.canParse(text)) {
		throw invalid('is not of the form https://us2.api.concursolutions.com');
	}
	const url = new URL(text);
	if (url.pathname !== '/') throw invalid('has a path; give only https:// and the host');
	return url;
}

function classifyHost(url: URL, rules: HostRules): HostKind {
	if (isLoopback(url)) return 'loopback';
	if (url.protocol !== 'https:') {
		throw notAllowed(url, 'plain http is for this machine only');
	}
	if (CONCUR_HOST.test(url.hostname)) {
		if (url.port !== '') throw notAllowed(url, 'Concur hosts answer on the standard port only');
		return 'concur';
	}
	const allowed = (rules.allowHosts ?? []).map((host) => host.trim().toLowerCase());
	if (allowed.includes(url.host) || allowed.includes(url.hostname)) return 'allowed';
	throw notAllowed(url, 'it is not an SAP Concur API host');
}

// The text itself is not repeated: a mistyped address may hold a password.
function invalid(what: string): ConfigurationError {
	return new ConfigurationError('INVALID_BASE_URL', `The Concur base address ${what}.`, {
		advice: 'Use the address of your data center, for example https://us2.api.concursolutions.com.',
	});
}

function notAllowed(url: URL, why: string): ConfigurationError {
	return new ConfigurationError('HOST_NOT_ALLOWED', `${url.host} is not allowed: ${why}.`, {
		advice:
			'Use a host under api.concursolutions.com, or name the host as an allowed host if you trust it with your tokens.',
	});
}
