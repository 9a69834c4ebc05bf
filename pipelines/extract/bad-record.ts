import { hash } from 'node:crypto';
import { ConcurError } from '../../concur/errors';
import { isJsonObject } from '../../concur/json';
import { isPathId } from '../../concur/paths';

export const BAD_RECORD_ADVICE =
	'Report it to SAP support. Its window stays open until it is listed otherwise; --skip-after lets it go.';

/**
 * What a record must be to be asked for and stored: it has an id, as Concur's ids are, and is not
 * nested beyond all reason. One that is not is a dead letter, and the others go on. It can neither
 * be asked for by its id nor be stored by it, so its letter has an id that is made up and says so:
 * the same for the same record, and safe to store and to show.
 */
export class BadRecordError extends ConcurError {
	constructor(what: string) {
		super('CONCUR_BAD_RECORD', `Concur lists a request ${what}.`, {
			advice: BAD_RECORD_ADVICE,
		});
	}
}

const STAND_IN = /^(?:bad|no)-id-[0-9a-f]{32}$/;

/** Whether the id of a letter is made up, so that Concur knows none like it. */
export function isStandIn(letterId: string): boolean {
	return STAND_IN.test(letterId);
}

/** The id of a record's dead letter: its own where that is one. */
export function letterIdOf(id: string): string {
	return isPathId(id) ? id : `bad-id-${shortHash(id)}`;
}

/** @throws {BadRecordError} where it is not an id as Concur's are. */
export function refuseBadId(id: string): void {
	if (isPathId(id)) return;
	throw new BadRecordError(`whose id no id of Concur's is like: ${preview(id)}`);
}

/** What is wrong with a member of a list that is no record, and the id of its letter. */
export function describeUnreadable(member: unknown): {
	readonly letterId: string;
	readonly error: BadRecordError;
} {
	const id = isJsonObject(member) ? member['id'] : undefined;
	if (typeof id === 'string' && id !== '')
		return { letterId: letterIdOf(id), error: new BadRecordError('that is nested too deeply') };
	const text = write(member);
	return {
		letterId: `no-id-${shortHash(text)}`,
		error: new BadRecordError(`without an id: ${preview(text)}`),
	};
}

/** What is nested too deeply cannot be written. */
function write(member: unknown): string {
	try {
		return JSON.stringify(member);
	} catch {
		return 'nested too deeply';
	}
}

function shortHash(text: string): string {
	return hash('sha256', text).slice(0, 32);
}

/** In ASCII and on one line, whatever it is. */
function preview(text: string): string {
	const start = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
	return start.replace(
		/[^ -~]/g,
		(char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
