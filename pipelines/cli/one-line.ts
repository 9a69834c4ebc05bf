/** A text from elsewhere as a terminal may print it: no line breaks, no escape sequences. */
export function oneLine(text: string): string {
	return text.replace(/\p{Cc}+/gu, ' ').trim();
}
