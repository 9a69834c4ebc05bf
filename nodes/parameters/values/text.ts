/** Whether nothing was said: an empty field, or an expression that found nothing. */
export function isEmpty(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

/** A text without blanks around it, or a number as text; undefined where nothing is left. */
export function toText(value: unknown): string | undefined {
	if (typeof value === 'number' && !Number.isFinite(value)) return undefined;
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = String(value).trim();
	return text === '' ? undefined : text;
}
