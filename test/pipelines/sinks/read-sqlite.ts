import { DatabaseSync } from 'node:sqlite';

/** Reads the file as any other program would. */
export function query(file: string, sql: string) {
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		return database
			.prepare(sql)
			.all()
			.map((row) => ({ ...row }));
	} finally {
		database.close();
	}
}

/** Changes the file behind the sink's back. */
export function execute(file: string, sql: string): void {
	const database = new DatabaseSync(file);
	database.exec(sql);
	database.close();
}
