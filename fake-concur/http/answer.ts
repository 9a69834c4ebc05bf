import type { IncomingHttpHeaders } from 'node:http';
import type { JsonValue } from '../json';

/** Whom an access token speaks for. */
export interface Principal {
	kind: 'company' | 'user' | 'app';
	/** The user of a user token. */
	userId?: string;
}

/** A request as the endpoints see it. */
export interface Call {
	method: string;
	path: string;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	body: string;
	/** The values of the path's placeholders. */
	params: Record<string, string>;
	principal: Principal;
	/** Which data centre was called. */
	host: 'home' | 'moved';
	now: Date;
}

/** What an endpoint answers; `text` goes out as it is, `json` is written out. */
export interface Answer {
	status: number;
	headers?: Record<string, string>;
	json?: JsonValue;
	text?: string;
	type?: string;
}

/** A refusal: the endpoint family decides how its body looks. */
export class Refusal extends Error {
	/** A refusal with HTTP status, Concur's code and message. */
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly extra: Record<string, JsonValue> = {},
	) {
		super(message);
	}
}

/** A JSON answer. */
export function answer(json: JsonValue, status = 200): Answer {
	return { status, json };
}

/** Throws unless the value is there. */
export function required<T>(value: T | undefined, refusal: () => Refusal): T {
	if (value === undefined) throw refusal();
	return value;
}

/** 404 of Travel Request. */
export function notFound(): Refusal {
	return new Refusal(404, 'notFound', 'resource not found');
}

/** 400 for a parameter the call must carry. */
export function missingParameter(name: string): Refusal {
	return new Refusal(
		400,
		'missingRequiredParam',
		`the request is missing required parameter(s) ${name}`,
	);
}

/** 403 for somebody else's data. */
export function notAllowed(): Refusal {
	return new Refusal(403, 'userIsNotAllowed', 'user is not allowed to access this resource');
}

/** 403 for a role or state that does not permit an action. */
export function permissionDenied(): Refusal {
	return new Refusal(403, 'permissionDenied', 'permission denied');
}
