import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { dateChanges, followChanges, type Changes } from '../sql/follow-changes';

const CHANGED = 'temp.changed';

/** Keeps the versions of the records that a batch has changed. */
export class HistoryWriter {
	readonly #clear: StatementSync;
	readonly #date: StatementSync;
	readonly #follow: readonly StatementSync[];

	constructor(database: DatabaseSync) {
		database.exec(`CREATE TABLE ${CHANGED} (id TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT`);
		const source = `SELECT value ->> 0 AS id, ? AS seen, value ->> 1 AS deleted FROM json_each(?)`;
		const afterLast = `strftime('%Y-%m-%dT%H:%M:%fZ', last, '+0.001 seconds')`;
		this.#clear = database.prepare(`DELETE FROM ${CHANGED}`);
		this.#date = database.prepare(
			`INSERT INTO ${CHANGED} (id, at) ${dateChanges('', source, afterLast)}`,
		);
		this.#follow = followChanges('', CHANGED).map((sql) => database.prepare(sql));
	}

	/** Must run in the transaction that has written the rows, after them. */
	follow(changes: Changes, extractedAt: string): void {
		if (changes.size === 0) return;
		this.#clear.run();
		this.#date.run(extractedAt, JSON.stringify([...changes]));
		for (const statement of this.#follow) statement.run();
	}
}
