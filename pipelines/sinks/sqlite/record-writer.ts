import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { childTablesOf, findTable } from '../../tables/catalog';
import type { Row, Table } from '../../tables/table';
import { countsOf } from '../count-rows';
import type { Counts, ExtractedRecord } from '../sink';
import { quoteName } from '../sql-names';
import { ChildWriter } from './child-writer';
import type { HistoryWriter } from './history-writer';
import { TableWriter, type Stamp } from './table-writer';

const knownRoots = z.array(
	z.object({
		id: z.string(),
		fingerprint: z.string().nullable(),
		deletedAt: z.string().nullable(),
	}),
);

interface Known {
	readonly fingerprint: string | null;
	readonly deletedAt: string | null;
}

/** Stores the records of one stream: root rows and, with them, their children's. */
export class RecordWriter {
	readonly #root: TableWriter;
	readonly #children = new Map<string, ChildWriter>();
	readonly #lookUp: StatementSync;
	readonly #markDeleted: StatementSync;

	constructor(
		private readonly database: DatabaseSync,
		private readonly rootTable: Table,
		private readonly history: HistoryWriter | undefined,
	) {
		const name = quoteName(rootTable.name);
		this.#root = new TableWriter(database, rootTable);
		// One look-up a batch: json_each takes any number of ids through one parameter.
		this.#lookUp = database.prepare(
			`SELECT id, _fingerprint AS fingerprint, _deleted_at AS deletedAt
			FROM ${name} WHERE id IN (SELECT value FROM json_each(?))`,
		);
		this.#markDeleted = database.prepare(
			`UPDATE ${name} SET _deleted_at = ?, _extracted_at = ?, _run_id = ?
			WHERE id = ? AND _deleted_at IS NULL`,
		);
	}

	/** Must run inside a transaction. */
	write(records: readonly ExtractedRecord[], stamp: Stamp): Counts {
		const counts: Counts = {};
		if (records.length === 0) return counts;
		const known = this.#findKnown(records);
		const changes = new Map<string, string | undefined>();
		for (const record of records) {
			if (record.deletedAt !== undefined) {
				this.#markGone(record.id, record.deletedAt, stamp, counts);
				changes.set(record.id, record.deletedAt);
				const before = known.get(record.id);
				// It may come back within the batch: its row and its children are still there.
				if (before) known.set(record.id, { ...before, deletedAt: record.deletedAt });
				continue;
			}
			if (this.#store(record, known.get(record.id), stamp, counts)) {
				known.set(record.id, { fingerprint: record.fingerprint, deletedAt: null });
				changes.set(record.id, undefined);
			}
		}
		this.history?.follow(changes, stamp.extractedAt);
		return counts;
	}

	#findKnown(records: readonly ExtractedRecord[]): Map<string, Known> {
		const ids = JSON.stringify(records.map(({ id }) => id));
		return new Map(knownRoots.parse(this.#lookUp.all(ids)).map((row) => [row.id, row]));
	}

	/** False when the record is stored already with the same content. */
	#store(record: ExtractedRecord, known: Known | undefined, stamp: Stamp, counts: Counts): boolean {
		const rootCounts = countsOf(counts, this.rootTable.name);
		if (known && known.deletedAt === null && known.fingerprint === record.fingerprint) {
			rootCounts.unchanged++;
			return false;
		}
		const rowsOf = (name: string): Row[] => record.rows.filter(({ table }) => table.name === name);
		for (const row of rowsOf(this.rootTable.name)) this.#root.store(row, stamp, record.fingerprint);
		if (known) rootCounts.updated++;
		else rootCounts.inserted++;
		for (const name of record.childTables) {
			const children = this.#childWriter(name);
			children.replace(record.id, rowsOf(name), known === undefined, stamp, countsOf(counts, name));
		}
		return true;
	}

	#markGone(id: string, at: string, stamp: Stamp, counts: Counts): void {
		const { changes } = this.#markDeleted.run(at, stamp.extractedAt, stamp.runId, id);
		countsOf(counts, this.rootTable.name).deleted += Number(changes);
		for (const { name } of childTablesOf(this.rootTable))
			this.#childWriter(name).markDeleted(id, at, stamp, countsOf(counts, name));
	}

	#childWriter(name: string): ChildWriter {
		let writer = this.#children.get(name);
		if (!writer) {
			const table = findTable(name);
			if (!table) throw new RangeError(`there is no table ${name}`);
			writer = new ChildWriter(this.database, table);
			this.#children.set(name, writer);
		}
		return writer;
	}
}
