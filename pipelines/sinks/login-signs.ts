/**
 * A target that is written wrongly may hold a password where a file, a host or a database should
 * be, and whatever names the target would then name the password: messages, logs, summaries,
 * reports. So a place or a name that reads like a login is refused before anything repeats it.
 */

/** `password=…`, as key-value connection strings have it. */
const KEYED = /(?:password|passwd|pwd|secret|token)\s*=/i;
/** The drive of a Windows path, whose colon says nothing. */
const DRIVE = /^[a-z]:[\\/]/i;

/** Whether a path reads like an address of a server: `postgres://u:pw@h`, `u:pw@h`, `password=…`. */
export function isLoginLike(path: string): boolean {
	const rest = path.replace(DRIVE, '');
	return rest.includes('://') || /:.*@/s.test(rest) || KEYED.test(rest);
}

/**
 * Whether a part of an address, as it was written, holds what separates parts and was not encoded:
 * then it is likely to be more than that part.
 */
export function isSeveralParts(written: string): boolean {
	return /[:;=@&?#\s\p{Cc}]/u.test(written) || KEYED.test(written);
}

/** A sentence up to the word that reads like a login: it quotes what somebody has mistyped. */
export function cutLogin(sentence: string): string {
	const at = sentence.search(/\S*(?::\/\/|:\S*@|(?:password|passwd|pwd|secret|token)\s*=)/i);
	return at < 0 ? sentence : `${sentence.slice(0, at)}…`;
}
