import { childTablesOf } from '../../tables/catalog';
import type { Row, Table } from '../../tables/table';
import { countsOf } from '../count-rows';
import type { Counts, ExtractedRecord, TableCounts } from '../sink';
import { ChildTable } from './child-table';
import type { Connection } from './connection';
import { storableText } from './copy-text';
import type { HistoryWriter } from './history-writer';
import { RootTable, type Known } from './root-table';
import type { StagedRow, Stamp } from './stage';

/** Records that can be written by statements over all of them: no two of them are the same. */
class Round {
	readonly ids = new Set<string>();
	readonly stored = {
		fresh: new Map<string, ExtractedRecord>(),
		changed: new Map<string, ExtractedRecord>(),
	};
	readonly gone = new Map<string, string>();
}

/** Stores the records of one stream: root rows and, with them, their children's. */
export class RecordWriter {
	readonly #root: RootTable;
	readonly #children: ReadonlyMap<string, ChildTable>;

	constructor(
		schema: string,
		root: Table,
		private readonly history: HistoryWriter | undefined,
	) {
		this.#root = new RootTable(schema, root);
		this.#children = new Map(
			childTablesOf(root).map((table) => [table.name, new ChildTable(schema, table)]),
		);
	}

	/** Must run inside a transaction. */
	async write(
		connection: Connection,
		records: readonly ExtractedRecord[],
		stamp: Stamp,
	): Promise<Counts> {
		const counts: Counts = {};
		if (records.length === 0) return counts;
		const ids = records.map(({ id }) => storableText(id));
		const looking = this.#root.findKnown(connection, ids);
		// Fingerprints are worked out when first asked for: here, while the server looks.
		records.forEach(({ fingerprint }) => fingerprint);
		const changes = new Map<string, string | undefined>();
		for (const round of this.#plan(records, await looking, counts)) {
			await this.#writeRound(connection, round, stamp, counts);
			for (const id of round.ids) changes.set(id, round.gone.get(id));
		}
		await this.history?.follow(connection, changes, stamp.extractedAt);
		return counts;
	}

	/** Leaves out what is stored already with the same content. */
	*#plan(
		records: readonly ExtractedRecord[],
		known: Map<string, Known>,
		counts: Counts,
	): Generator<Round> {
		const rootCounts = countsOf(counts, this.#root.table.name);
		let round = new Round();
		for (const record of records) {
			const id = storableText(record.id);
			const before = known.get(id);
			const { fingerprint, deletedAt } = record;
			if (deletedAt === undefined && before?.deletedAt === null) {
				if (before.fingerprint === fingerprint) {
					rootCounts.unchanged++;
					continue;
				}
			}
			// A record twice in a batch ends as it was last.
			if (round.ids.has(id)) {
				yield round;
				round = new Round();
			}
			round.ids.add(id);
			if (deletedAt !== undefined) {
				round.gone.set(id, deletedAt);
				if (before) known.set(id, { ...before, deletedAt });
				continue;
			}
			if (before) rootCounts.updated++;
			else rootCounts.inserted++;
			(before ? round.stored.changed : round.stored.fresh).set(id, record);
			known.set(id, { fingerprint, deletedAt: null });
		}
		yield round;
	}

	async #writeRound(
		connection: Connection,
		{ stored, gone }: Round,
		stamp: Stamp,
		counts: Counts,
	): Promise<void> {
		const { changed, fresh } = stored;
		await this.#root.insert(connection, rootRows(fresh, this.#root.table), stamp);
		await this.#root.replace(connection, rootRows(changed, this.#root.table), stamp);
		const names = [...fresh.values(), ...changed.values()].flatMap((record) => record.childTables);
		for (const name of new Set(names)) {
			const child = this.#childTable(name);
			const sum = countsOf(counts, name);
			const inserted = childRows(fresh, name);
			add(sum, await child.insert(connection, inserted.ids, inserted.rows, stamp));
			const replaced = childRows(changed, name);
			add(sum, await child.replace(connection, replaced.ids, replaced.rows, stamp));
		}
		if (gone.size === 0) return;
		for (const each of [this.#root, ...this.#children.values()])
			countsOf(counts, each.table.name).deleted += await each.markDeleted(connection, gone, stamp);
	}

	#childTable(name: string): ChildTable {
		const child = this.#children.get(name);
		if (!child) throw new RangeError(`there is no table ${name}`);
		return child;
	}
}

/** Records by their ids, as the target stores those. */
type Records = ReadonlyMap<string, ExtractedRecord>;

function rootRows(records: Records, { name }: Table): StagedRow[] {
	return [...records.values()].flatMap(({ rows, fingerprint }) =>
		rows.filter(({ table }) => table.name === name).map((row) => ({ row, fingerprint })),
	);
}

/** What the records that speak of a child table have in it. */
function childRows(records: Records, name: string): { ids: string[]; rows: Row[] } {
	const speaking = [...records].filter(([, { childTables }]) => childTables.includes(name));
	return {
		ids: speaking.map(([id]) => id),
		rows: speaking.flatMap(([, { rows }]) => rows.filter(({ table }) => table.name === name)),
	};
}

function add(sum: TableCounts, added: TableCounts): void {
	sum.inserted += added.inserted;
	sum.updated += added.updated;
	sum.unchanged += added.unchanged;
	sum.deleted += added.deleted;
}
