import { PartitionLedger } from '../partition-ledger';
import { makeRunId } from '../run-id';
import type { Sink, SinkInspection } from '../sink';
import { AdvisoryLock } from './advisory-lock';
import { countRows, readPartitions, readRuns } from './bookkeeping';
import { checkServer } from './check-server';
import { CommitLedger, readLastRunId } from './commit-ledger';
import { Connection } from './connection';
import { explainFailure } from './failures';
import { layoutVersion, planMigration, readLayout } from './schema';
import { PostgresSession } from './session';
import type { PostgresTarget } from './target-url';
import { connectPatiently, Transactions } from './transactions';

/**
 * A sink into one schema of a PostgreSQL database. Tables are as the catalog defines them, with
 * `_extracted_at`, `_run_id`, `_deleted_at`, `_fingerprint` (roots) and `_raw`; bookkeeping is in
 * `_sap_concur_meta`, `_sap_concur_coverage`, `_sap_concur_runs`, `_sap_concur_dead_letters`.
 *
 * Two sessions: one holds the advisory lock, one writes. Both must reach the same server process
 * throughout, so a pooler between them has to pool by session, not by transaction.
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
		open: () => explain(() => openSession(target)),
		inspect: () => explain(() => inspectSchema(target)),
	};
}

async function openSession(target: PostgresTarget): Promise<PostgresSession> {
	const lock = await connectPatiently(() => AdvisoryLock.take(target));
	let connection: Connection | undefined;
	try {
		connection = await connectPatiently(() => Connection.open(target.connection));
		const { runId, ledger } = await prepare(connection, target);
		const partitions = new PartitionLedger(
			await readPartitions(connection, target.schema, layoutVersion),
		);
		const transactions = new Transactions(target.connection, lock, ledger, connection);
		return new PostgresSession(target, runId, partitions, transactions, lock);
	} catch (error) {
		await connection?.close();
		await lock.release();
		throw error;
	}
}

/** Makes the tables what this version needs, and this run the one that writes to them. */
async function prepare(
	connection: Connection,
	{ label, schema }: PostgresTarget,
): Promise<{ runId: string; ledger: CommitLedger }> {
	checkServer(label, connection.greeting, 'write');
	const layout = await readLayout(connection, schema, label);
	const isNew = layout.version === undefined;
	const runId = makeRunId(isNew ? undefined : await readLastRunId(connection, schema));
	const ledger = new CommitLedger(schema, label, runId);
	await connection.runScript('BEGIN ISOLATION LEVEL READ COMMITTED');
	const statements = planMigration(schema, layout);
	if (statements.length > 0) await connection.runScript(statements.join(';\n'));
	await ledger.begin(connection);
	await connection.runScript('COMMIT');
	return { runId, ledger };
}

async function inspectSchema(target: PostgresTarget): Promise<SinkInspection | undefined> {
	const { label, schema } = target;
	const connection = await connectPatiently(() => Connection.open(target.connection));
	try {
		checkServer(label, connection.greeting, 'read');
		// One snapshot, so that what is read belongs together while a run goes on.
		await connection.runScript('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
		const layout = await readLayout(connection, schema, label);
		if (layout.version === undefined) return undefined;
		return {
			partitions: await readPartitions(connection, schema, layout.version),
			runs: await readRuns(connection, schema),
			rows: await countRows(connection, schema, new Set(layout.columns.keys())),
		};
	} finally {
		await connection.close();
	}
}
