import { parseExactJson } from '../exact-json';
import { isJsonObject, type JsonObject } from '../json';

/** What happened in Concur (Event Subscription Service v4; facts by Concur Request Event). */
export interface ConcurEvent {
	/** The same in every delivery of the event, and there may be several. */
	readonly id: string;
	/** For example `statusChange.PENDING.RequestManager`. */
	readonly eventType: string | null;
	readonly topic: string | null;
	/** `subtopic` in the samples, `subTopic` in the schema, which also says not to use it. */
	readonly subtopic: string | null;
	readonly timeStamp: string | null;
	readonly correlationId: string | null;
	/** Concur writes booleans as text: here they are booleans. */
	readonly facts: JsonObject;
	/** The whole event as it came, but for the booleans among its facts. */
	readonly record: JsonObject;
}

/** Reads the body of a delivery; undefined where it is not an event with an id. */
export function parseEvent(body: Uint8Array): ConcurEvent | undefined {
	const record = parseRecord(body);
	const id = textOf(record?.['id']);
	if (!record || id === null) return undefined;
	const given = record['facts'];
	const facts = isJsonObject(given) ? readFacts(given) : {};
	return {
		id,
		eventType: textOf(record['eventType']),
		topic: textOf(record['topic']),
		subtopic: textOf(record['subtopic'] ?? record['subTopic']),
		timeStamp: textOf(record['timeStamp']),
		correlationId: textOf(record['correlationId']),
		facts,
		record: isJsonObject(given) ? { ...record, facts } : record,
	};
}

function parseRecord(body: Uint8Array): JsonObject | undefined {
	try {
		const value = parseExactJson(new TextDecoder('utf-8', { fatal: true }).decode(body));
		return isJsonObject(value) ? value : undefined;
	} catch {
		// Neither UTF-8 nor JSON: not an event.
		return undefined;
	}
}

function readFacts(facts: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(facts).map(([name, value]): [string, unknown] => [name, readBoolean(value)]),
	);
}

function readBoolean(value: unknown): unknown {
	if (value === 'true') return true;
	return value === 'false' ? false : value;
}

function textOf(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}
