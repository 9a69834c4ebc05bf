import type { FakeConcur } from '../../fake-concur';
import { readSqlite } from './read-target';

/** How a target differs from the world it was exported from. */
export interface Difference {
	/** Living requests that the target lacks. */
	readonly missing: string[];
	/** Requests whose content in the target is not the world's. */
	readonly stale: string[];
	/** Ids that the target has more than once. */
	readonly twice: string[];
}

export const NO_DIFFERENCE: Difference = { missing: [], stale: [], twice: [] };

/**
 * Compares the JSON that a SQLite target keeps of each request with what the fake's world says.
 *
 * @param ids the living requests to look at; all of them unless told.
 */
export function compareWithWorld(
	fake: FakeConcur,
	file: string,
	part: 'request' | 'listItem' = 'request',
	ids: readonly string[] = fake.world.requests(),
): Difference {
	const rows = readSqlite(file);
	const stored = new Map(rows.map((row) => [row['id'], row]));
	const seen = new Set<unknown>();
	const difference = { missing: [] as string[], stale: [] as string[], twice: [] as string[] };
	for (const { id } of rows) {
		if (seen.has(id)) difference.twice.push(String(id));
		seen.add(id);
	}
	for (const id of ids) {
		const row = stored.get(id);
		if (!row) difference.missing.push(id);
		else if (!sameJson(row['_raw'], fake.world.truth(id)?.[part])) difference.stale.push(id);
	}
	return difference;
}

function sameJson(text: unknown, truth: unknown): boolean {
	// Through the parser, so that numbers beyond a double are rounded on both sides alike.
	return JSON.stringify(JSON.parse(String(text))) === JSON.stringify(truth);
}

const CHILD_TABLES = [
	'travel_request_expenses',
	'travel_request_expense_allocations',
	'travel_request_expense_legs',
	'travel_request_comments',
	'travel_request_exceptions',
	'travel_request_cash_advances',
];

/** The content of all child rows of living requests, in an order that does not depend on the run. */
export function readChildRows(fake: FakeConcur, file: string): Record<string, string[]> {
	const living = new Set<unknown>(fake.world.requests());
	return Object.fromEntries(
		CHILD_TABLES.map((table) => [
			table,
			readSqlite(file, table)
				.filter((row) => living.has(row['travel_request_id']))
				.map(({ _run_id, _extracted_at, ...content }) => JSON.stringify(content))
				.sort(),
		]),
	);
}
