import { z } from 'zod';
import { quoteName } from '../sql-names';
import { dateChanges, followChanges, type Changes } from '../sql/follow-changes';
import { historyTables } from '../sql/history-tables';
import type { Connection } from './connection';

const CHANGED = 'pg_temp.changed';

/** By the second batch, all tables have rows that are going to have any soon. */
const BATCHES_TO_COUNT = 2;

/** Keeps the versions of the records that a batch has changed. */
export class HistoryWriter {
	readonly #date: string;
	readonly #follow: string;
	#batches = 0;

	constructor(private readonly schema: string) {
		const home = `${quoteName(schema)}.`;
		const source = `SELECT c.id, $3::timestamptz AS seen, c.deleted
			FROM unnest($1::text[], $2::timestamptz[]) AS c (id, deleted)`;
		this.#date = `INSERT INTO ${CHANGED} (id, at)
			${dateChanges(home, source, `last + interval '1 millisecond'`)}`;
		this.#follow = [`ANALYZE ${CHANGED}`, ...followChanges(home, CHANGED)].join(';\n');
	}

	/** Must run in the transaction that has written the rows, after them. */
	async follow(connection: Connection, changes: Changes, extractedAt: string): Promise<void> {
		if (changes.size === 0) return;
		if (this.#batches++ < BATCHES_TO_COUNT) await this.#countNewTables(connection);
		await connection.runScript(
			'CREATE TEMPORARY TABLE changed (id text PRIMARY KEY, at timestamptz) ON COMMIT DROP',
		);
		const deleted = [...changes.values()].map((at) => at ?? null);
		await connection.run(this.#date, [[...changes.keys()], deleted, extractedAt]);
		await connection.runScript(this.#follow);
	}

	/**
	 * Of a table that it has never counted, the server guesses that hardly a row is open or living,
	 * and would read it whole for every batch of a first load.
	 */
	async #countNewTables(connection: Connection): Promise<void> {
		const uncounted = await connection.query(
			z.object({ name: z.string() }),
			`SELECT relname AS name FROM pg_class WHERE reltuples <= 0 AND relname = ANY ($2)
			AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1)`,
			[this.schema, historyTables.flatMap(({ name, of }) => [name, of.name])],
		);
		if (uncounted.length === 0) return;
		const tables = uncounted.map(({ name }) => `${quoteName(this.schema)}.${quoteName(name)}`);
		await connection.runScript(`ANALYZE ${tables.join(', ')}`);
	}
}
