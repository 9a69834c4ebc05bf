/** A JSON number kept as its text, as the client hands over what a double cannot hold. */
export function keepDigits(digits: string): unknown {
	const make: unknown = Reflect.get(JSON, 'rawJSON');
	return typeof make === 'function' ? Reflect.apply(make, JSON, [digits]) : undefined;
}
