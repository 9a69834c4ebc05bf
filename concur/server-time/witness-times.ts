import type { ConcurClient } from '../client';
import type { ConcurAnswer } from '../exchange';
import type { JsonObject } from '../json';
import { parseTimestamp } from '../time';

/** Members that Concur's own clock fills in: Travel Request v4 schemas; Connection Requests 3.x. */
const TIMES = ['lastModified', 'creationDate', 'submitDate', 'authorizedDate', 'LastModified'];

/** Hands the latest of Concur's own times in an answer's records to the judgement of what time it is. */
export function witnessTimes(
	client: ConcurClient,
	records: readonly JsonObject[],
	{ sent }: Pick<ConcurAnswer, 'sent'>,
): void {
	// Compared as texts, so that one of them has to be read, and not four of each record.
	let latest = '';
	for (const record of records) {
		for (const name of TIMES) {
			const text = record[name];
			if (typeof text === 'string' && text > latest && text[4] === '-' && text[10] === 'T')
				latest = text;
		}
	}
	const written = latest === '' ? undefined : parseTimestamp(latest);
	if (written !== undefined) client.serverTime.witness(written, sent);
}
