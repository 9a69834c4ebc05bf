import { Client } from 'pg';
import { createSink } from '../../../pipelines/sinks/create-sink';
import type { Sink } from '../../../pipelines/sinks/sink';
import { queryPostgres, type SqlRow } from '../../support/read-target';
import { lacksPostgres, startPostgres, type TestPostgres } from '../../support/start-postgres';

/** A server for one test file, and a schema for each test that asks for one. */
export interface PostgresScene {
	readonly server: TestPostgres;
	/** A target of its own, not made yet. */
	newTarget(): PostgresPlace;
}

export interface PostgresPlace {
	readonly url: string;
	readonly schema: string;
	readonly sink: Sink;
	/** Reads as any other program would; `{}` in the SQL stands for the schema. */
	query(sql: string): Promise<SqlRow[]>;
	/** Changes the target behind the sink's back. */
	execute(sql: string): Promise<void>;
}

let made = 0;

/** Runs tests on a PostgreSQL; without one they are skipped, and the reason is printed. */
export function describePostgres(name: string, body: (scene: () => PostgresScene) => void): void {
	const reason = lacksPostgres();
	if (reason !== undefined) {
		process.stdout.write(`Skipped: ${name}. ${reason}.\n`);
		describe.skip(name, () => body(() => ({ server: notThere(), newTarget: notThere })));
		return;
	}
	describe(name, () => {
		let server: TestPostgres | undefined;
		const schemas: string[] = [];
		beforeAll(async () => {
			server = await startPostgres();
		});
		afterAll(async () => {
			// A server that is not ours is left as it was.
			if (server && !server.process)
				for (const schema of schemas)
					await execute(server.url, `DROP SCHEMA IF EXISTS ${schema} CASCADE`);
			await server?.stop();
		});
		body(() => {
			const running = server ?? notThere();
			return {
				server: running,
				newTarget() {
					const schema = `concur_test_${process.pid}_${++made}`;
					schemas.push(schema);
					return placeIn(running.url, schema);
				},
			};
		});
	});
}

/** The place that a schema of a server is. */
export function placeIn(server: string, schema: string): PostgresPlace {
	const url = `${server}?schema=${schema}`;
	return {
		url,
		schema,
		sink: createSink(url),
		query: (sql) => queryPostgres(url, sql),
		execute: (sql) => execute(server, sql.replaceAll('{}', schema)),
	};
}

export async function execute(server: string, sql: string): Promise<void> {
	const client = new Client({ connectionString: server });
	await client.connect();
	try {
		await client.query(sql);
	} finally {
		await client.end();
	}
}

function notThere(): never {
	throw new Error('There is no PostgreSQL');
}
