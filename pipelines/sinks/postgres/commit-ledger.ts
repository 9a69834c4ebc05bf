import { z } from 'zod';
import { quoteName } from '../sql-names';
import { TargetLockedError } from '../target-errors';
import type { Connection } from './connection';

const valueRow = z.object({ value: z.string() });

/**
 * Numbers a run's commits in the target itself. Each transaction moves the number on from the one
 * before, so that
 * - a commit whose answer was lost is settled by reading the number, never by doing it again;
 * - a run that lost its lock without noticing cannot write beside the one that has it now.
 */
export class CommitLedger {
	#commits = 0;

	constructor(
		private readonly schema: string,
		private readonly target: string,
		private readonly runId: string,
	) {}

	/**
	 * Makes this run the one that writes. Waits for a transaction that an earlier run has left
	 * under way, so what is read of the target afterwards is final. Must run inside a transaction.
	 */
	async begin(connection: Connection): Promise<void> {
		await connection.run(
			`INSERT INTO ${quoteName(this.schema)}._sap_concur_meta
			VALUES ('last_run_id', $1), ('last_commit', $2)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
			[this.runId, this.#numbered(0)],
		);
	}

	/**
	 * The first statement of each transaction.
	 * @throws {TargetLockedError} when another run writes by now.
	 */
	async advance(connection: Connection): Promise<void> {
		const moved = await connection.run(
			`UPDATE ${quoteName(this.schema)}._sap_concur_meta SET value = $1
			WHERE name = 'last_commit' AND value = $2`,
			[this.#numbered(this.#commits + 1), this.#numbered(this.#commits)],
		);
		if (moved !== 1) throw new TargetLockedError(this.target);
	}

	/**
	 * Whether the transaction that was under way when the connection broke has been committed.
	 * Waits until the server has ended it: it holds the row.
	 */
	async settle(connection: Connection): Promise<boolean> {
		const [row] = await connection.query(
			valueRow,
			`SELECT value FROM ${quoteName(this.schema)}._sap_concur_meta
			WHERE name = 'last_commit' FOR UPDATE`,
		);
		return row?.value === this.#numbered(this.#commits + 1);
	}

	/** Notes that the transaction was committed. */
	confirm(): void {
		this.#commits++;
	}

	#numbered(commit: number): string {
		return `${this.runId}:${commit}`;
	}
}

/** The id of the newest run that was begun, finished or not. */
export async function readLastRunId(
	connection: Connection,
	schema: string,
): Promise<string | undefined> {
	const [row] = await connection.query(
		valueRow,
		`SELECT value FROM ${quoteName(schema)}._sap_concur_meta WHERE name = 'last_run_id'`,
	);
	return row?.value;
}
