/**
 * What does not stand for itself on a terminal: control characters (C0, DEL, C1), which begin escape
 * sequences; format characters, which turn the writing direction or take no room; separators of
 * lines and paragraphs. Texts from elsewhere have them by accident or on purpose.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** The same without what JSON escapes anyway, or ends its lines with. */
const RAW_IN_JSON = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A line as a terminal may print it. */
export function printable(line: string): string {
	return line.replace(UNPRINTABLE, ' ');
}

/** A text from elsewhere as a part of a line. */
export function oneLine(text: string): string {
	return printable(text).trim();
}

/** Lines of JSON that mean the same, as a terminal may print them. */
export function printableJson(json: string): string {
	return json.replace(RAW_IN_JSON, (character) =>
		character
			.split('')
			.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
			.join(''),
	);
}
