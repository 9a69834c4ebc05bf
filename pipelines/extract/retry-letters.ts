import { ConcurError } from '../../concur/errors';
import type { DeadLetter } from '../sinks/sink';
import type { Window } from '../windows/window';
import { BAD_RECORD_ADVICE, isStandIn } from './bad-record';
import { readRecords, type ReadContext, type ReadRecords } from './read-records';

/**
 * Reads again what earlier runs could not read. What Concur says it does not have, and what has no
 * id to ask by, is decided on once the lists of this run have been read.
 *
 * @throws what would stop every other call too.
 */
export async function retryLetters(
	context: ReadContext,
	letters: readonly DeadLetter[],
	mayComeIn: () => Window,
): Promise<ReadRecords> {
	for (const { recordId, window, code, message } of letters.filter(isNone)) {
		const error = new ConcurError(code, message, { advice: BAD_RECORD_ADVICE });
		context.letters.suspect({ item: { id: recordId }, window, mayComeIn: window, error });
	}
	const wanted = letters
		.filter((letter) => !isNone(letter))
		.map(({ recordId, window }) => ({ item: { id: recordId }, window }));
	const { missing, ...read } = await readRecords(context, wanted, mayComeIn);
	for (const record of missing) context.letters.suspect(record);
	return read;
}

function isNone({ recordId }: DeadLetter): boolean {
	return isStandIn(recordId);
}
