import type { z } from 'zod';
import type { ConfigurationError } from '../../../concur/errors';
import { isJsonObject } from '../../../concur/json';
import { corruptTarget } from '../target-errors';
import { bookkeepingTables } from './bookkeeping-tables';

/** A bookkeeping table whose rows are read with suspicion. */
export type LedgerTable = 'coverage' | 'dead_letters' | 'meta' | 'runs';

/** What may be done about a damaged row, beside restoring a backup. */
const remedies: Readonly<Record<LedgerTable, string>> = {
	coverage:
		'Restore it from a backup, or delete that row: the next run reads all of it again, and rows stay.',
	dead_letters:
		'Restore it from a backup, or delete that row and run sap-concur-export reset: the next run reads everything again, and rows stay.',
	meta: 'Restore it from a backup. Nothing was changed.',
	runs: 'Restore it from a backup, or delete that row: it only tells of a run that is over.',
};

/** A row of the bookkeeping does not hold what this package writes there. */
export class DamagedRow extends Error {
	constructor(
		private readonly table: LedgerTable,
		private readonly row: unknown,
		error: z.ZodError,
	) {
		super('A row of the bookkeeping is damaged.', { cause: error });
		this.#column = String(error.issues[0]?.path[0] ?? 'key');
	}

	readonly #column: string;

	/** The error for users: which row of which target, and what to do. */
	of(target: string): ConfigurationError {
		const name = `_sap_concur_${this.table}`;
		const key = bookkeepingTables.find((table) => table.name === name)?.key ?? [];
		const row = isJsonObject(this.row) ? this.row : {};
		const named = key.map((column) => `${column} = ${JSON.stringify(row[column] ?? null)}`);
		return corruptTarget(
			target,
			`${this.#column} cannot be read in the row of ${name} where ${named.join(', ')}.`,
			this.cause,
			remedies[this.table],
		);
	}
}

/**
 * Rows of a bookkeeping table, in the given shape.
 * @throws {DamagedRow} for the first that has another one.
 */
export function parseRows<Shape extends z.ZodTypeAny>(
	table: LedgerTable,
	shape: Shape,
	rows: readonly unknown[],
): z.infer<Shape>[] {
	return rows.map((row) => {
		const parsed: z.SafeParseReturnType<unknown, z.infer<Shape>> = shape.safeParse(row);
		if (parsed.success) return parsed.data;
		throw new DamagedRow(table, row, parsed.error);
	});
}
