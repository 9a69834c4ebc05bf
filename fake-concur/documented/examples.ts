import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The JSON examples of the three reference pages: each lies beside this file as `<name>.json`. */
export const documentedNames = [
	'create-request',
	'created-request',
	'request-list',
	'request',
	'update-request',
	'updated-request',
	'comments',
	'cash-advances',
	'exceptions',
	'connection-requests',
	'connection-request-created',
	'connection-request',
	'connection-request-update',
	'void',
] as const;

/** The name of a documented example. */
export type DocumentedName = (typeof documentedNames)[number];

const texts = new Map<DocumentedName, string>();

/** A documented example, byte for byte: its odd indentation included. */
export function readDocumented(name: DocumentedName): string {
	let text = texts.get(name);
	if (text === undefined) {
		text = readFileSync(join(__dirname, `${name}.json`), 'utf8');
		texts.set(name, text);
	}
	return text;
}
