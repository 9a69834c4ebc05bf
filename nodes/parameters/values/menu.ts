import type { INodeProperties } from 'n8n-workflow';

/** One entry of a menu: its value, and the title that the panel shows. */
export interface MenuEntry<T extends string = string> {
	readonly value: T;
	readonly name: string;
}

/** All that is offered under a name: some menus are another one for each API version. */
export function menuOf(name: string, properties: readonly INodeProperties[]): MenuEntry[] {
	return properties
		.filter((property) => property.name === name)
		.flatMap((property) => property.options ?? [])
		.flatMap((option) =>
			'value' in option ? [{ value: String(option.value), name: option.name }] : [],
		);
}

/**
 * The entry that is meant, undefined where none is: by its value or by its title, whatever the case,
 * blanks, hyphens and underscores. Models write "To Approve" or "to_approve" for TOAPPROVE, and JSON
 * the version 3.0 as a number.
 */
export function findEntry<T extends string>(
	value: unknown,
	menu: readonly MenuEntry<T>[],
): MenuEntry<T> | undefined {
	const exact = menu.find((entry) => entry.value === value);
	if (exact) return exact;
	if (typeof value === 'number') return menu.find((entry) => Number(entry.value || NaN) === value);
	if (typeof value !== 'string') return undefined;
	const wanted = fold(value);
	const meant = menu.filter(({ value, name }) => [value, name].map(fold).includes(wanted));
	return meant.length === 1 ? meant[0] : undefined;
}

function fold(text: string): string {
	return text.toLowerCase().replace(/[\s_-]+/g, '');
}
