import { hasId, readObject, unexpected } from '../answers';
import type { ConcurAnswer } from '../exchange';
import type { RequestItem } from './list-requests';

/** Reads an answer that is one request: as it is, or as it is after a change. */
export function readRequest(answer: ConcurAnswer): RequestItem {
	const request = readObject(answer, 'a request');
	if (!hasId(request)) throw unexpected(answer, 'is a request without an id');
	return request;
}
