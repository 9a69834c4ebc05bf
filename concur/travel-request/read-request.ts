import { hasId, readObject, unexpected } from '../answers';
import { UnexpectedBodyError } from '../errors';
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

/**
 * Reads an answer that is the one record that was asked for. A cache or a gateway may answer with
 * another one, which would be stored in its place.
 * @throws {UnexpectedBodyError} `CONCUR_OTHER_RECORD`.
 */
export function readAsked(answer: ConcurAnswer, id: string, what: string): RequestItem {
	const record = readRecord(answer, what);
	refuseOther(answer, id, record.id, what);
	return record;
}

/** Concur writes the same id in either case, and with or without dashes. */
export function refuseOther(answer: ConcurAnswer, asked: string, got: string, what: string): void {
	if (normalize(asked) === normalize(got)) return;
	throw new UnexpectedBodyError(
		'CONCUR_OTHER_RECORD',
		`Concur was asked for ${what} ${asked} and answered with another one.`,
		{
			status: answer.status,
			correlationId: answer.correlationId,
			advice:
				'Try again; if it happens again, look for a proxy that keeps answers, or report the correlation id to SAP support.',
		},
	);
}

function normalize(id: string): string {
	return id.replaceAll('-', '').toLowerCase();
}
