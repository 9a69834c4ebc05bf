import { resolve } from 'node:path';
import { z } from 'zod';
import { parseTarget } from '../sinks/create-sink';
import { Connection } from '../sinks/postgres/connection';
import { explainFailure } from '../sinks/postgres/failures';
import type { PostgresTarget } from '../sinks/postgres/target-url';
import { connectPatiently } from '../sinks/postgres/transactions';
import { quoteName } from '../sinks/sql-names';
import { explainErrors } from '../sinks/sqlite/open-database';
import { readDatabase } from '../sinks/sqlite/read-database';

const requestCount = z.object({
	/** `YYYY-MM`, when the trip starts. */
	month: z.string().nullable(),
	status: z.string().nullable(),
	requests: z.coerce.number(),
});

/** Living travel requests of one month and one status. */
export type RequestCount = z.infer<typeof requestCount>;

/** Counts travel requests where the target is a database; undefined where it is files. */
export async function countRequests(to: string): Promise<RequestCount[] | undefined> {
	const target = parseTarget(to);
	if (target.kind === 'sqlite') return countInSqlite(target.file, `sqlite:${target.file}`);
	if (target.kind === 'postgres') return countInPostgres(target.target);
	return undefined;
}

function countInSqlite(file: string, target: string): RequestCount[] {
	return explainErrors(target, () => {
		const counted = query('travel_requests', 'substr(start_date, 1, 7)');
		return readDatabase(resolve(file), (database) =>
			z.array(requestCount).parse(database.prepare(counted).all()),
		);
	});
}

async function countInPostgres({
	label,
	schema,
	connection: settings,
}: PostgresTarget): Promise<RequestCount[]> {
	try {
		const connection = await connectPatiently(() => Connection.openSnapshot(settings));
		try {
			const month = `to_char(start_date, 'YYYY-MM')`;
			return await connection.query(
				requestCount,
				query(`${quoteName(schema)}.travel_requests`, month),
			);
		} finally {
			await connection.close('COMMIT');
		}
	} catch (error) {
		throw explainFailure(label, error, 'opening');
	}
}

function query(table: string, month: string): string {
	return `SELECT ${month} AS month, approval_status_name AS status, count(*) AS requests
		FROM ${table} WHERE _deleted_at IS NULL GROUP BY 1, 2 ORDER BY 1, 2`;
}
