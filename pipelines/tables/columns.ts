import type { Column, ColumnType } from './table';

/** `totalApprovedAmount.value` -> `total_approved_amount_value`. */
export function nameColumn(path: readonly string[]): string {
	return path.map((part) => part.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()).join('_');
}

/** A column from a dotted path, named after it. */
export function column(type: ColumnType, dotted: string, alternative?: string): Column {
	const path = dotted.split('.');
	const base = { name: nameColumn(path), type, path };
	return alternative === undefined ? base : { ...base, alternatives: [alternative.split('.')] };
}

/** A column under a name of its own. */
export function named(name: string, type: ColumnType, dotted: string): Column {
	return { name, type, path: dotted.split('.') };
}

/** A column the flattener fills: an id from above, or a key it made. */
export function given(name: string): Column {
	return { name, type: 'text', path: [] };
}

export function amount(path: string): Column[] {
	return [column('decimal', `${path}.value`), column('text', `${path}.currency`)];
}

export function employee(path: string): Column[] {
	return ['id', 'firstName', 'middleInitial', 'lastName'].map((member) =>
		column('text', `${path}.${member}`),
	);
}

export function place(path: string): Column[] {
	return [
		...['id', 'name', 'city', 'countryCode', 'countrySubDivisionCode', 'iataCode'].map((member) =>
			column('text', `${path}.${member}`),
		),
		column('decimal', `${path}.latitude`),
		column('decimal', `${path}.longitude`),
		column('text', `${path}.locationCode`),
		column('text', `${path}.locationType`),
		// No page has it; a company's answers do, as a number.
		column('integer', `${path}.lnKey`),
	];
}

export function codeAndValue(path: string): Column[] {
	return [column('text', `${path}.code`), column('text', `${path}.value`)];
}

/** `custom1_code`, `custom1_value`, … up to `last`. */
export function customFields(last: number): Column[] {
	return numbered('custom', last).flatMap(codeAndValue);
}

export function numbered(name: string, last: number): string[] {
	return Array.from({ length: last }, (_, index) => `${name}${index + 1}`);
}

/** Paths of the members that only say where something is: links are rebuilt from ids. */
export function links(...paths: readonly string[]): string[][] {
	return paths.flatMap((path) =>
		['href', 'template', 'rel'].map((member) => [...path.split('.'), member]),
	);
}

/** Members of custom fields that are no column. */
export function customFieldExtras(...paths: readonly string[]): string[][] {
	return [...links(...paths), ...paths.map((path) => [path, 'isValid'])];
}
