import { PartitionLedger } from '../partition-ledger';
import { makeRunId } from '../run-id';
import type { OpenOptions, Sink, SinkInspection } from '../sink';
import { AdvisoryLock } from './advisory-lock';
import { countRows, readFacts, readPartitions, readRuns } from './bookkeeping';
import { checkServer } from './check-server';
import { CommitLedger, readLastRunId } from './commit-ledger';
import { Connection } from './connection';
import { explainFailure } from './failures';
import { HistoryWriter } from './history-writer';
import { openOwnSessions } from './own-sessions';
import { migrateSchema, readSchema } from './schema';
import { PostgresSession } from './session';
import type { PostgresTarget } from './target-url';
import { connectPatiently, Transactions } from './transactions';

/**
 * A sink into one schema of a PostgreSQL database. Tables are as the catalog defines them, with
 * `_extracted_at`, `_run_id`, `_deleted_at`, `_fingerprint` (roots) and `_raw`; bookkeeping is in
 * `_sap_concur_meta`, `_sap_concur_coverage`, `_sap_concur_runs`, `_sap_concur_dead_letters`.
 * Where a history is kept, each table of travel requests has one of its versions, `…_history`.
 *
 * Two sessions: one holds the advisory lock, one writes. Each must reach the same server process
 * throughout, so a pooler that pools by transaction is refused; reading goes through any.
 */
export function createPostgresSink(target: PostgresTarget): Sink {
	const explain = async <Result>(work: () => Promise<Result>): Promise<Result> => {
		try {
			return await work();
		} catch (error) {
			throw explainFailure(target.label, error, 'opening');
		}
	};
	return {
		target: target.label,
		appendOnly: false,
		open: (options) => explain(() => openSession(target, options)),
		inspect: () => explain(() => inspectSchema(target)),
	};
}

async function openSession(
	target: PostgresTarget,
	{ history = false }: OpenOptions,
): Promise<PostgresSession> {
	const [locking, connection] = await connectPatiently(() => openOwnSessions(target));
	let lock: AdvisoryLock | undefined;
	try {
		lock = await AdvisoryLock.take(target, locking);
		const { runId, ledger, keepsHistory } = await prepare(connection, target, history);
		const partitions = new PartitionLedger(
			await readPartitions(connection, target.schema),
			await readFacts(connection, target.schema),
		);
		const transactions = new Transactions(target.connection, lock, ledger, connection);
		const versions = keepsHistory ? new HistoryWriter(target.schema) : undefined;
		return new PostgresSession(target, runId, partitions, transactions, lock, versions);
	} catch (error) {
		await connection.close();
		await lock?.release();
		throw error;
	}
}

/** Makes the tables what this version needs, and this run the one that writes to them. */
async function prepare(
	connection: Connection,
	{ label, schema }: PostgresTarget,
	wantsHistory: boolean,
): Promise<{ runId: string; ledger: CommitLedger; keepsHistory: boolean }> {
	checkServer(label, connection.greeting, 'write');
	const state = await readSchema(connection, schema, label);
	const isNew = state.version === undefined;
	const statements = migrateSchema(schema, state, wantsHistory, label);
	const runId = makeRunId(isNew ? undefined : await readLastRunId(connection, schema));
	const ledger = new CommitLedger(schema, label, runId);
	await connection.runScript('BEGIN ISOLATION LEVEL READ COMMITTED');
	// What an earlier run has left under way ends first: a history begins with its rows, too.
	if (!isNew) await ledger.begin(connection);
	if (statements.length > 0) await connection.runScript(statements.join(';\n'));
	if (isNew) await ledger.begin(connection);
	await connection.runScript('COMMIT');
	return { runId, ledger, keepsHistory: state.keepsHistory || wantsHistory };
}

async function inspectSchema(target: PostgresTarget): Promise<SinkInspection | undefined> {
	const { label, schema } = target;
	// One snapshot, so that what is read belongs together while a run goes on.
	const connection = await connectPatiently(() => Connection.openSnapshot(target.connection));
	try {
		checkServer(label, connection.greeting, 'read');
		const state = await readSchema(connection, schema, label);
		if (state.version === undefined) return undefined;
		return {
			partitions: await readPartitions(connection, schema),
			facts: await readFacts(connection, schema),
			runs: await readRuns(connection, schema),
			rows: await countRows(connection, schema, state),
		};
	} finally {
		await connection.close('COMMIT');
	}
}
