import type { Row, Table } from '../../tables/table';
import { quoteName } from '../sql-names';
import type { Connection } from './connection';
import { cellWriters, copyText, findFilled, toChunks } from './copy-text';

/** What a batch adds to each of its rows. */
export interface Stamp {
	readonly extractedAt: string;
	readonly runId: string;
}

/** A row on its way; root rows have a fingerprint. */
export interface StagedRow {
	readonly row: Row;
	readonly fingerprint?: string;
}

/** Rows that were sent to the server and wait there in a temporary table. */
export interface Stage {
	/** The temporary table; it goes with the transaction. */
	readonly name: string;
	/** Its columns, all named as the target's. */
	readonly columns: readonly string[];
	/** The target's own columns that no row fills. */
	readonly empty: readonly string[];
}

let made = 0;

/** Sends rows that may be there already, to be merged. */
export async function stageRows(
	connection: Connection,
	schema: string,
	table: Table,
	rows: readonly StagedRow[],
	stamp: Stamp,
): Promise<Stage> {
	const { filled, columns, empty } = chooseColumns(table, rows);
	const stage = quoteName(`stage_${++made}`);
	await connection.runScript(
		`CREATE TEMPORARY TABLE ${stage} ON COMMIT DROP AS
		SELECT ${listNames(columns)} FROM ${quoteName(schema)}.${quoteName(table.name)} WITH NO DATA`,
	);
	const name = `pg_temp.${stage}`;
	await copyRows(connection, name, columns, writeLines(table, filled, rows, stamp));
	return { name, columns, empty };
}

/** Sends rows that are not there straight into their table: no merge, and half the work. */
export async function insertNew(
	connection: Connection,
	schema: string,
	table: Table,
	rows: readonly StagedRow[],
	stamp: Stamp,
): Promise<void> {
	if (rows.length === 0) return;
	const { filled, columns } = chooseColumns(table, rows);
	const name = `${quoteName(schema)}.${quoteName(table.name)}`;
	await copyRows(connection, name, columns, writeLines(table, filled, rows, stamp));
}

/** An INSERT of all staged rows. */
export function insertStaged(schema: string, table: Table, { name, columns }: Stage): string {
	return `INSERT INTO ${quoteName(schema)}.${quoteName(table.name)} (${listNames(columns)})
		SELECT ${listNames(columns)} FROM ${name}`;
}

async function copyRows(
	connection: Connection,
	name: string,
	columns: readonly string[],
	lines: Iterable<string>,
): Promise<void> {
	await connection.copy(`COPY ${name} (${listNames(columns)}) FROM STDIN`, toChunks(lines));
}

/**
 * Only columns that some row fills are sent: a hundred nulls a row would cost more than the rest of
 * it. `filled` are their indexes, `columns` all that is sent.
 */
function chooseColumns(table: Table, rows: readonly StagedRow[]) {
	const filled = findFilled(
		table.columns,
		table.key,
		rows.map(({ row }) => row),
	);
	const own = filled.flatMap((index) => table.columns[index]?.name ?? []);
	const fingerprint = table.parent === undefined ? ['_fingerprint'] : [];
	const there = new Set(own);
	return {
		filled,
		columns: [...own, ...fingerprint, '_extracted_at', '_run_id', '_raw'],
		empty: table.columns.map(({ name }) => name).filter((name) => !there.has(name)),
	};
}

function* writeLines(
	table: Table,
	filled: readonly number[],
	rows: readonly StagedRow[],
	{ extractedAt, runId }: Stamp,
): Generator<string> {
	const writers = filled.map((index) => cellWriters[table.columns[index]?.type ?? 'text']);
	const stamped = `${copyText(extractedAt)}\t${copyText(runId)}`;
	const parts: string[] = [];
	for (const { row, fingerprint } of rows) {
		for (let at = 0; at < filled.length; at++)
			parts[at] = writers[at]?.(row.cells[filled[at] ?? 0] ?? null) ?? '';
		let at = filled.length;
		if (table.parent === undefined) parts[at++] = fingerprint ?? '\\N';
		parts[at++] = stamped;
		parts[at] = copyText(row.raw);
		// Joined, not added up: that is twice as fast, and this line is run for every row.
		yield `${parts.join('\t')}\n`;
	}
}

function listNames(columns: readonly string[]): string {
	return columns.map(quoteName).join(', ');
}
