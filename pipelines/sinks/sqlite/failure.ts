import { isErrorLike } from '../../../concur/error-like';

/** What SQLite's primary result codes mean for a target. */
export type SqliteFailure =
	| 'busy'
	| 'readOnly'
	| 'inputOutput'
	| 'corrupt'
	| 'full'
	| 'cannotOpen'
	| 'notADatabase'
	| 'other';

const byCode: ReadonlyMap<number, SqliteFailure> = new Map([
	[3, 'readOnly'],
	[5, 'busy'],
	[6, 'busy'],
	[8, 'readOnly'],
	[10, 'inputOutput'],
	[11, 'corrupt'],
	[13, 'full'],
	[14, 'cannotOpen'],
	[23, 'readOnly'],
	[26, 'notADatabase'],
]);

/** Which failure of SQLite an error is; undefined when it is not from SQLite. */
export function sqliteFailure(error: unknown): SqliteFailure | undefined {
	if (!isErrorLike(error) || !('errcode' in error)) return undefined;
	const { errcode } = error;
	if (typeof errcode !== 'number') return undefined;
	// The low byte is the primary code, the rest says more than is needed here.
	return byCode.get(errcode & 0xff) ?? 'other';
}
