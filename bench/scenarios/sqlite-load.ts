import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import { createSqliteSink } from '../../pipelines/sinks/sqlite/sqlite-sink';
import { travelRequests } from '../../pipelines/tables/travel-requests';
import type { Work } from '../measurement';
import { BATCH_RECORDS, findFilled, makeThinRecords, toBatches } from './thin-records';

const inputSchema = z.object({ file: z.string(), rows: z.number() });

/** Rows into a new file through the sink. */
export async function loadSqlite(input: unknown): Promise<Work> {
	const { file, rows } = inputSchema.parse(input);
	const records = await makeThinRecords(rows);
	const session = await createSqliteSink(file).open({ overlap: 60 });
	return async () => {
		for (const batch of toBatches(records)) await session.write(batch);
		await session.abandon();
		return { rows };
	};
}

/** The same rows into the same table by a bare prepared upsert, in transactions of the same size. */
export async function upsertIntoSqlite(input: unknown): Promise<Work> {
	const { file, rows } = inputSchema.parse(input);
	const records = await makeThinRecords(rows);
	await (await createSqliteSink(file).open({ overlap: 60 })).abandon();
	const filled = findFilled(records);
	const database = new DatabaseSync(file);
	database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
	const names = [
		...filled.map((index) => travelRequests.columns[index]?.name ?? ''),
		...['_extracted_at', '_run_id', '_fingerprint', '_raw'],
	];
	const upsert = database.prepare(
		`INSERT INTO travel_requests (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
		ON CONFLICT (id) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`,
	);
	return async () => {
		for (let from = 0; from < records.length; from += BATCH_RECORDS) {
			database.exec('BEGIN');
			for (const { rows: flat, fingerprint } of records.slice(from, from + BATCH_RECORDS)) {
				const [row] = flat;
				if (!row) continue;
				const values: SQLInputValue[] = filled.map((index) => toValue(row.cells[index] ?? null));
				upsert.run(...values, '2026-01-01T00:00:00.000Z', 'run', fingerprint, row.raw);
			}
			database.exec('COMMIT');
		}
		database.close();
		return { rows };
	};
}

function toValue(cell: string | number | boolean | null): SQLInputValue {
	return typeof cell === 'boolean' ? Number(cell) : cell;
}
