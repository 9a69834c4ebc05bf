const words = new Map([
	['true', true],
	['false', false],
	['1', true],
	['0', false],
]);

/** A switch, also as text or number, as n8n's own nodes take it; undefined where it is neither. */
export function toFlag(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	return words.get(String(value).trim().toLowerCase());
}
