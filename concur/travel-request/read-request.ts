import { hasId, readObject, unexpected } from '../answers';
import type { ConcurAnswer } from '../exchange';
import type { RequestItem } from './list-requests';

/** Reads an answer that is one request: as it is, or as it is after a change. */
export function readRequest(answer: ConcurAnswer): RequestItem {
	return readRecord(answer, 'a request');
}

/** Reads an answer that is one record with its id. */
export function readRecord(answer: ConcurAnswer, what: string): RequestItem {
	const record = readObject(answer, what);
	if (!hasId(record)) throw unexpected(answer, `is ${what} without an id`);
	return record;
}
