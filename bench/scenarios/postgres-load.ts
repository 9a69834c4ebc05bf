import { finished } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { z } from 'zod';
import { createSink } from '../../pipelines/sinks/create-sink';
import type { ExtractedRecord } from '../../pipelines/sinks/sink';
import { travelRequests } from '../../pipelines/tables/travel-requests';
import type { Work } from '../measurement';
import { BATCH_RECORDS, findFilled, makeThinRecords, toBatches } from './thin-records';

const inputSchema = z.object({ url: z.string(), schema: z.string(), rows: z.number() });

/** Rows into a new schema through the sink. */
export async function loadPostgres(input: unknown): Promise<Work> {
	const { url, schema, rows } = inputSchema.parse(input);
	const records = await makeThinRecords(rows);
	const session = await createSink(`${url}?schema=${schema}`).open({ overlap: 60 });
	return async () => {
		for (const batch of toBatches(records)) await session.write(batch);
		await session.abandon();
		return { rows };
	};
}

/**
 * The same rows into the same table by a script for this one job: COPY into a temporary table and
 * merge, in transactions of the same size. It tells nothing apart and counts nothing.
 */
export async function copyIntoPostgres(input: unknown): Promise<Work> {
	const { url, schema, rows } = inputSchema.parse(input);
	const records = await makeThinRecords(rows);
	await (await createSink(`${url}?schema=${schema}`).open({ overlap: 60 })).abandon();
	const filled = findFilled(records);
	const names = [
		...filled.map((index) => travelRequests.columns[index]?.name ?? ''),
		...['_fingerprint', '_extracted_at', '_run_id', '_raw'],
	];
	const list = names.join(', ');
	const changes = names.map((name) => `${name} = excluded.${name}`).join(', ');
	const client = new Client({ connectionString: url });
	await client.connect();
	await client.query(`SET search_path = ${schema}`);
	return async () => {
		for (let from = 0; from < records.length; from += BATCH_RECORDS) {
			await client.query('BEGIN');
			await client.query(
				`CREATE TEMPORARY TABLE stage ON COMMIT DROP AS SELECT ${list} FROM travel_requests WITH NO DATA`,
			);
			const copy = client.query(copyFrom(`COPY stage (${list}) FROM STDIN`));
			copy.end(
				records
					.slice(from, from + BATCH_RECORDS)
					.map((record) => writeLine(record, filled))
					.join(''),
			);
			await finished(copy);
			await client.query(
				`INSERT INTO travel_requests (${list}) SELECT ${list} FROM stage
				ON CONFLICT (id) DO UPDATE SET ${changes}`,
			);
			await client.query('COMMIT');
		}
		await client.end();
		return { rows };
	};
}

const escapes = new Map([
	['\\', '\\\\'],
	['\n', '\\n'],
	['\r', '\\r'],
	['\t', '\\t'],
]);

function writeLine(
	{ rows: [row], fingerprint }: ExtractedRecord,
	filled: readonly number[],
): string {
	const cells = filled.map((index) => {
		const cell = row?.cells[index] ?? null;
		return cell === null ? '\\N' : escape(String(cell));
	});
	return `${cells.join('\t')}\t${fingerprint}\t2026-01-01T00:00:00.000Z\trun\t${escape(row?.raw ?? '')}\n`;
}

function escape(text: string): string {
	return text.replace(/[\\\n\r\t]/g, (character) => escapes.get(character) ?? character);
}
