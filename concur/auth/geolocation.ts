import { hostKind, parseBaseUrl, type HostRules } from '../hosts';

/** Third parties must get request-token grants here (release note of 2025-01-09; Base URIs page). */
export const GLOBAL_TOKEN_ORIGIN = 'https://glz.api.concursolutions.com';

/**
 * The origin of a geolocation, where it may be used beside the configured base: of the same kind
 * of host (Concur, this machine, or explicitly allowed). Anything else is undefined, so that a
 * fake on this machine is never left for the real Concur, nor the other way round.
 */
export function acceptGeolocation(
	base: string,
	geolocation: string | undefined,
	rules: HostRules,
): string | undefined {
	if (geolocation === undefined) return undefined;
	const kind = hostKind(geolocation, rules);
	return kind !== undefined && kind === hostKind(base, rules)
		? parseBaseUrl(geolocation, rules)
		: undefined;
}

/** Where the first token of an authtoken grant comes from; elsewhere the configured base itself. */
export function requestTokenOrigin(base: string): string {
	return new URL(base).hostname.endsWith('.api.concursolutions.com') ? GLOBAL_TOKEN_ORIGIN : base;
}
