import { isJsonObject, type JsonObject } from '../../concur/json';
import type { Answer, Call } from './gateway';

/** Pieces of which tables put together what a server does. */

export const LIST = '/travelrequest/v4/requests';

/** Whether a call lists travel requests. */
export function isList({ method, path }: Call): boolean {
	return method === 'GET' && path === LIST;
}

/** The id of the travel request whose details a call asks for; undefined for every other call. */
export function detailOf({ method, path }: Call): string | undefined {
	return method === 'GET' ? /^\/travelrequest\/v4\/requests\/([^/]+)$/.exec(path)?.[1] : undefined;
}

/** An answer of JSON. */
export function json(body: unknown, status = 200, headers: Answer['headers'] = {}): Answer {
	return {
		status,
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	};
}

/** An answer whose JSON object is changed. */
export function change(answer: Answer, edit: (body: JsonObject) => unknown): Answer {
	const body: unknown = JSON.parse(answer.body);
	if (!isJsonObject(body)) throw new Error(`This is no JSON object: ${answer.body}`);
	return { ...answer, body: JSON.stringify(edit(body)) };
}

/** A list of travel requests whose items are changed. */
export function changeItems(answer: Answer, edit: (items: JsonObject[]) => unknown): Answer {
	return change(answer, (page) => {
		const items: unknown = page['data'];
		if (!Array.isArray(items)) throw new Error('This is no list.');
		return { ...page, data: edit(items.filter(isJsonObject)) };
	});
}

export function html(status: number, title: string): Answer {
	return {
		status,
		headers: { 'content-type': 'text/html' },
		body: `<!DOCTYPE html><html><head><title>${title}</title></head><body></body></html>`,
	};
}

/** The error by which Concur itself says that there is no such record. */
export function notFound(): Answer {
	return json({ errors: [{ errorCode: 'notFound', errorMessage: 'Resource not found' }] }, 404);
}
