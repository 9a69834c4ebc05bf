import { readDocumented, type DocumentedName } from '../documented/examples';
import { isObject, parseJson, textOf, type JsonObject, type JsonValue } from '../json';
import { parseDay } from '../timestamps';
import { statusCodes, type Facts, type StatusCode } from './ledger';

/** A request of the reference pages. */
export interface DocumentedRecord {
	id: string;
	/** The documented example that is its detail, where there is one. */
	detail?: DocumentedName;
	/** The documented fields: of the detail, or only those of the list item. */
	body: JsonObject;
	expenseIds: string[];
	comments: JsonObject[];
	exceptions: JsonObject[];
	cashAdvanceIds: string[];
}

const details: DocumentedName[] = ['request', 'created-request', 'updated-request'];

/** The five requests of the reference pages, with their children. */
export function readDocumentedRecords(): DocumentedRecord[] {
	const list = parseJson(readDocumented('request-list'));
	const items = isObject(list) ? objects(list['data'] ?? []) : [];
	return [
		...details.map((detail) => ({ ...record(example(detail)), detail })),
		...items.map(record),
	].map(withDocumentedChildren);
}

/** The facts of a documented request as its body states them. */
export function factsOf(record: DocumentedRecord, owner: number): Facts {
	const { body } = record;
	const status = textOf(body['approvalStatus'], 'code');
	const created = time(body, 'creationDate') ?? 0;
	return {
		owner,
		startDay: parseDay(textOf(body, 'startDate') ?? '') ?? 0,
		created,
		modified: time(body, 'lastModified') ?? time(body, 'submitDate') ?? created,
		authorized: Number.NaN,
		submitted: time(body, 'submitDate') ?? Number.NaN,
		status: statusCodes.find((code): code is StatusCode => code === status) ?? 'NOT_SUBMITTED',
		flags: 0,
		serial: Number.parseInt(textOf(body, 'requestId') ?? '0', 36),
	};
}

function example(name: DocumentedName): JsonObject {
	const value = parseJson(readDocumented(name));
	return isObject(value) ? value : {};
}

function record(body: JsonObject): DocumentedRecord {
	const expenses = objects(body['expenses'] ?? []);
	return {
		id: textOf(body, 'id') ?? '',
		body,
		expenseIds: expenses.map((expense) => textOf(expense, 'id') ?? ''),
		comments: [],
		exceptions: [],
		cashAdvanceIds: [],
	};
}

/** Comments, cash advances and exceptions are documented for one request only. */
function withDocumentedChildren(plain: DocumentedRecord): DocumentedRecord {
	if (plain.detail !== 'request') return plain;
	return {
		...plain,
		comments: objects(parseJson(readDocumented('comments'))),
		exceptions: objects(parseJson(readDocumented('exceptions'))),
		cashAdvanceIds: objects(parseJson(readDocumented('cash-advances'))).map(
			(link) => textOf(link, 'id') ?? '',
		),
	};
}

function objects(value: JsonValue): JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

function time(body: JsonObject, member: string): number | undefined {
	const text = textOf(body, member);
	return text === undefined ? undefined : Date.parse(text);
}
