const REDACTED = '[redacted]';
const SHORTEST_SECRET = 4;
const MOST_SECRETS = 500;

/** Knows the secrets in use and takes them out of every text that leaves the package. */
export interface Secrets {
	/** From now on `secret` never shows in a redacted text, nor do its URL-encoded forms. */
	remember(secret: string | undefined): void;
	/** `text` with known secrets, bearer tokens, JWTs and token-like fields replaced. */
	redact(text: string): string;
}

// Whatever was not remembered is recognised by its surroundings.
const PATTERNS: readonly (readonly [RegExp, string])[] = [
	[/\b(Bearer|OAuth)\s+[^\s"',;<>]+/gi, `$1 ${REDACTED}`],
	// Base64 of a name and a password, and not the word "Basic" before an ordinary one.
	[/\b(Basic)\s+(?=[a-z+/]*[A-Z\d=])[A-Za-z\d+/_-]{8,}={0,2}/g, `$1 ${REDACTED}`],
	// A JWT, also one that breaks off.
	[/\beyJ[\w-]+(?:\.[\w-]*){1,2}|\beyJ[\w-]{12,}/g, REDACTED],
	[
		/((?:(?:request|access|refresh|id|auth|session)_?token|client_?secret|(?:x-)?api[_-]?key|password|passwd|authorization)["']?\s*[:=>]\s*["']?)(?!(?:Bearer|OAuth|Basic)\b)[^\s"'&,;<>})]+/gi,
		`$1${REDACTED}`,
	],
];

export function createSecrets(): Secrets {
	const known = new Set<string>();
	return {
		remember(secret) {
			if (secret === undefined || secret.length < SHORTEST_SECRET) return;
			for (const form of [secret, encodeURIComponent(secret), formEncode(secret)]) {
				// Re-adding moves it to the end, so that only long-unused tokens are forgotten.
				known.delete(form);
				known.add(form);
			}
			for (const oldest of known) {
				if (known.size <= MOST_SECRETS) break;
				known.delete(oldest);
			}
		},
		redact(text) {
			let clean = text;
			// Longest first: a secret that contains another must go whole.
			for (const secret of [...known].sort((a, b) => b.length - a.length)) {
				clean = clean.replaceAll(secret, REDACTED);
			}
			for (const [pattern, replacement] of PATTERNS) clean = clean.replace(pattern, replacement);
			return clean;
		},
	};
}

function formEncode(secret: string): string {
	return new URLSearchParams({ '': secret }).toString().slice(1);
}
