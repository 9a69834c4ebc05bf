import { isJsonObject, type JsonObject } from '../json';
import type { ConnectionForm, ReadTokenOptions } from './read-connections';

export interface ConnectionEmails {
	readonly email1: string | null;
	readonly email2: string | null;
	readonly email3: string | null;
	readonly email4: string | null;
	readonly email5: string | null;
}

/**
 * A traveler's wish to be connected: one shape for all versions, by 3.2's names. What a version lacks
 * (e-mails in 3.0, the userId before 3.2) or the supplier does not match by is null.
 */
export interface ConnectionRequest {
	readonly id: string;
	/** May name another host: never call it. */
	readonly uri: string | null;
	readonly firstName: string | null;
	readonly middleName: string | null;
	readonly lastName: string | null;
	/** Text: it may begin with zeros. */
	readonly loyaltyNumber: string | null;
	/** Pending in lists; a code or Connected, Failed, Processing, Retry when read by id. */
	readonly status: string | null;
	/** UTC although it has no zone: `2022-11-09T05:57:29`. */
	readonly lastModified: string | null;
	readonly emailAddresses: ConnectionEmails;
	readonly userId: string | null;
	/** A credential, made by the reading; here only when asked for. */
	readonly requestToken?: string | null;
}

/** They are GUIDs; what is much longer finds no room in the index of a database. */
const LONGEST_ID = 200;

/** The one shape for all versions. */
export const parsedForm: ConnectionForm<ConnectionRequest> = {
	read: readConnectionRequest,
	idOf: ({ id }) => id,
};

/** Reads one connection request of whatever version. */
function readConnectionRequest(
	item: JsonObject,
	options: ReadTokenOptions,
): ConnectionRequest | undefined {
	const id = readId(item);
	if (id === undefined) return undefined;
	return {
		id,
		uri: textOf(item, 'URI'),
		firstName: textOf(item, 'firstName'),
		middleName: textOf(item, 'middleName'),
		lastName: textOf(item, 'lastName'),
		loyaltyNumber: textOf(item, 'loyaltyNumber'),
		status: textOf(item, 'status'),
		lastModified: textOf(item, 'lastModified'),
		emailAddresses: readEmails(memberOf(item, 'emailAddresses')),
		userId: textOf(item, 'userId'),
		...(options.includeRequestToken && { requestToken: textOf(item, 'requestToken') }),
	};
}

/** The ID of a connection request; undefined where it is none by which anything could be kept. */
export function readId(item: JsonObject): string | undefined {
	const id = textOf(item, 'ID')?.trim() ?? '';
	return id === '' || id.length > LONGEST_ID ? undefined : id;
}

function readEmails(value: unknown): ConnectionEmails {
	const emails = isJsonObject(value) ? value : {};
	return {
		email1: textOf(emails, 'email1'),
		email2: textOf(emails, 'email2'),
		email3: textOf(emails, 'email3'),
		email4: textOf(emails, 'email4'),
		email5: textOf(emails, 'email5'),
	};
}

/** 3.0 and 3.1 write `FirstName`, 3.2 writes `firstName`, all write `ID` and `URI`. */
function memberOf(item: JsonObject, name: string): unknown {
	return item[name] ?? item[name.charAt(0).toUpperCase() + name.slice(1)];
}

function textOf(item: JsonObject, name: string): string | null {
	const value = memberOf(item, name);
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' ? value : null;
}
