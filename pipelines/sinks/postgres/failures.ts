import { codeOf, isErrorLike } from '../../../concur/error-like';
import { ConcurError, ConfigurationError } from '../../../concur/errors';
import { DamagedRow } from '../sql/parse-rows';
import { corruptTarget, TargetWriteError } from '../target-errors';

const UNREACHABLE = new Set([
	...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'EACCES'],
	...['EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
]);

/** Codes with which the server ends a session, or lets nobody in for the moment. */
const SESSION_ENDED = /^(?:08...|57P0[1235]|25P03|53300)$/;

/** What pg says, without a code, of a connection that is gone. */
const GONE = /^Connection terminated|^timeout expired$|is not queryable/;

/** Whether the connection is gone: what was under way may or may not have happened. */
export function isConnectionLost(error: unknown): boolean {
	const code = codeOf(error);
	if (code !== undefined) return UNREACHABLE.has(code) || SESSION_ENDED.test(code);
	return isErrorLike(error) && (GONE.test(error.message) || isFailedEverywhere(error));
}

/** Whether the server is there and only not ready: it starts, stops or is full. */
export function isServerBusy(error: unknown): boolean {
	return ['57P03', '57P02', '53300'].includes(codeOf(error) ?? '');
}

/** Whether the server undid the transaction for the sake of another one; it may be repeated. */
export function isTransactionLoser(error: unknown): boolean {
	return ['40001', '40P01'].includes(codeOf(error) ?? '');
}

/** An AggregateError: several addresses of one host were tried in vain. */
function isFailedEverywhere(error: Error): boolean {
	return 'errors' in error && Array.isArray(error.errors) && error.errors.some(isConnectionLost);
}

/** The target cannot be reached: no error of whoever wrote the command, so it is worth a retry. */
export class TargetUnreachableError extends ConcurError {
	constructor(target: string, cause: unknown) {
		super('TARGET_UNREACHABLE', `${target} cannot be reached: ${reasonOf(cause)}.`, {
			advice:
				'Check host, port and that PostgreSQL runs there, then run again: committed work is kept.',
			cause,
		});
	}
}

/**
 * What is wrong with the target, in words, and what to do; unknown errors pass unchanged.
 * While it is opened, most of that is for whoever wrote the command; later the run has failed.
 */
export function explainFailure(
	target: string,
	error: unknown,
	phase: 'opening' | 'writing',
): unknown {
	if (error instanceof ConcurError) return error;
	if (error instanceof DamagedRow) return error.of(target);
	if (isErrorLike(error) && error.message.includes('statement pooling mode'))
		return pooledTarget(target, 'statement', error);
	const code = codeOf(error) ?? '';
	if (phase === 'opening' && MISSING.includes(code))
		return corruptTarget(target, `${reasonOf(error)}.`, error);
	const known = explainCode(code) ?? explainText(error);
	if (known) {
		const [what, advice] = known;
		const details = { advice, cause: error };
		const reason = `${what} (${reasonOf(error)}).`;
		return phase === 'opening' && !PASSING.has(code)
			? new ConfigurationError('TARGET_UNUSABLE', `${target} cannot be used: ${reason}`, details)
			: new ConcurError('TARGET_WRITE_FAILED', `Writing to ${target} failed: ${reason}`, details);
	}
	if (isConnectionLost(error)) return new TargetUnreachableError(target, error);
	return /^[0-9A-Z]{5}$/.test(code) ? new TargetWriteError(target, error) : error;
}

/** No such column, no such table: somebody has changed what this package made. */
const MISSING = ['42703', '42P01'];

/** A pooler stands before the server, and gives no client a session of its own. */
export function pooledTarget(
	target: string,
	unit: 'transaction' | 'statement',
	cause?: unknown,
): ConfigurationError {
	return new ConfigurationError(
		'TARGET_POOLED',
		`${target} is reached through a connection pooler that pools by ${unit}: the lock that keeps two runs apart would stay behind in a session that others use.`,
		{
			advice:
				'Name an address that pools by session (PgBouncer: pool_mode=session), or the port of PostgreSQL itself, mostly 5432. Nothing was written or locked.',
			...(cause === undefined ? {} : { cause }),
		},
	);
}

/** No setting of the user's: a full disk, a slow statement, somebody's lock. */
const PASSING = new Set(['53100', '57014', '55P03']);

type Explanation = readonly [what: string, advice: string];

const WRONG_LOGIN: Explanation = [
	'PostgreSQL lets this user not in',
	'Correct user and password in --to, or in PGUSER and PGPASSWORD; pg_hba.conf says who may come from where.',
];

function explainCode(code: string): Explanation | undefined {
	switch (code) {
		case '28P01':
		case '28000':
			return WRONG_LOGIN;
		case '3D000':
			return ['there is no such database', 'Create the database, or name another one in --to.'];
		case '42501':
			return [
				'the user lacks a right',
				'Let an administrator GRANT CREATE ON DATABASE to this user, or make the schema and GRANT USAGE, CREATE on it; tables that are there need SELECT, INSERT, UPDATE, DELETE, and the database needs TEMP.',
			];
		case '25006':
			return ['it is read-only', 'Name the primary server, and a database that may be written.'];
		case '53100':
			return ['its disk is full', 'Make room, then run again: committed work is kept.'];
		case '57014':
			return [
				'a statement took longer than the server allows',
				"Raise statement_timeout for this user, or add options=-c%20statement_timeout%3D0 to the target's URL.",
			];
		case '55P03':
			return [
				'another session has locked its tables for a minute',
				'See in pg_stat_activity who holds them, then run again: committed work is kept.',
			];
		default:
			return /CERT|^ERR_TLS|^ERR_SSL|^UNABLE_TO_/.test(code) ? WRONG_CERTIFICATE : undefined;
	}
}

const WRONG_CERTIFICATE: Explanation = [
	'its certificate does not pass',
	'Name the root certificate with sslrootcert, and the host as the certificate names it.',
];

function explainText(error: unknown): Explanation | undefined {
	const text = isErrorLike(error) ? error.message : '';
	if (/password must be a string|"password" argument|data argument/i.test(text)) {
		return ['it asks for a password', WRONG_LOGIN[1]];
	}
	if (!/SSL connection/.test(text)) return undefined;
	return [
		'it does not speak TLS',
		'Turn TLS on in the server, or use sslmode=disable where the network is trusted.',
	];
}

/** The first words about a failure. Server texts name users and tables, never a password. */
function reasonOf(error: unknown): string {
	if (!isErrorLike(error)) return 'for an unknown reason';
	const text = error.message === '' ? (codeOf(error) ?? error.name) : error.message;
	return text.replace(/\.$/, '');
}
