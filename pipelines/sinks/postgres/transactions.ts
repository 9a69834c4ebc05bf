import { setTimeout as wait } from 'node:timers/promises';
import type { AdvisoryLock } from './advisory-lock';
import type { CommitLedger } from './commit-ledger';
import { Connection } from './connection';
import { endBackend } from './end-backend';
import { isConnectionLost, isServerBusy, isTransactionLoser } from './failures';
import type { ConnectionSettings } from './target-url';

/** How patiently a lost server is called again: for about a minute, with room for a restart. */
const ATTEMPTS = 12;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

/** Runs the transactions of one run, over as many connections as that takes. */
export class Transactions {
	constructor(
		private readonly settings: ConnectionSettings,
		private readonly lock: AdvisoryLock,
		private readonly ledger: CommitLedger,
		private connection: Connection,
	) {}

	/**
	 * Runs `work` in a transaction that is committed exactly once. When the connection is lost it is
	 * made again and the work repeated, unless the ledger shows that it was committed.
	 */
	async run<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
		/** Set from the moment on at which a commit may have reached the server. */
		let done: { readonly result: Result } | undefined;
		let lost: Connection | undefined;
		for (let attempt = 1; ; attempt++) {
			try {
				if (lost ?? this.connection.lost) {
					lost ??= this.connection;
					await this.#reconnect(lost);
					lost = undefined;
					if (done && (await this.ledger.settle(this.connection)))
						return this.#confirm(done.result);
				}
				await this.lock.hold();
				await this.connection.runScript('BEGIN ISOLATION LEVEL READ COMMITTED');
				await this.ledger.advance(this.connection);
				done = { result: await work(this.connection) };
				await this.connection.runScript('COMMIT');
				return this.#confirm(done.result);
			} catch (error) {
				if (isConnectionLost(error)) lost ??= this.connection;
				else await this.#rollBack();
				const passing = isConnectionLost(error) || isTransactionLoser(error);
				if (!passing || attempt >= ATTEMPTS) throw error;
				await wait(pauseAfter(attempt));
			}
		}
	}

	async close(): Promise<void> {
		await this.connection.close();
	}

	#confirm<Result>(result: Result): Result {
		this.ledger.confirm();
		return result;
	}

	async #reconnect(lost: Connection): Promise<void> {
		await lost.close();
		const fresh = await Connection.open(this.settings);
		try {
			await endBackend(fresh, lost.backend);
		} catch (error) {
			await fresh.close();
			throw error;
		}
		this.connection = fresh;
	}

	async #rollBack(): Promise<void> {
		try {
			await this.connection.runScript('ROLLBACK');
		} catch {
			// The first error is the one to tell; what is left of the transaction ends with its session.
		}
	}
}

/** Opens a first connection; a server that only starts or is full for a moment is waited for. */
export async function connectPatiently<Result>(connect: () => Promise<Result>): Promise<Result> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await connect();
		} catch (error) {
			if (!isServerBusy(error) || attempt >= ATTEMPTS) throw error;
			await wait(pauseAfter(attempt));
		}
	}
}

function pauseAfter(attempt: number): number {
	const ceiling = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
	return ceiling / 2 + (Math.random() * ceiling) / 2;
}
