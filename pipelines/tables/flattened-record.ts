import { hash } from 'node:crypto';
import type { ExtractedRecord } from '../sinks/sink';
import type { Window } from '../windows/window';
import type { Row } from './table';

/** A record whose fingerprint is worked out when a sink first asks for it. */
export class FlattenedRecord implements ExtractedRecord {
	#fingerprint: string | undefined;

	constructor(
		readonly id: string,
		readonly window: Window,
		readonly rows: readonly Row[],
		readonly childTables: readonly string[],
		readonly isOpen = false,
	) {}

	/** A hash of all JSON texts; the order in which Concur lists the children does not matter. */
	get fingerprint(): string {
		return (this.#fingerprint ??= hashRows(this.rows, this.childTables));
	}
}

/** One row (a thin list item) is the common case and hashed without a copy of its text. */
function hashRows(rows: readonly Row[], childTables: readonly string[]): string {
	const root = rows[0]?.raw ?? '';
	if (childTables.length === 0) return hash('sha256', root);
	const children = rows.slice(1).map(({ table, cells, raw }) => {
		// With its ids: where a child hangs is not always said in its own text.
		const ids = table.columns.flatMap(({ path }, index) => (path.length ? [] : [cells[index]]));
		return `${table.name} ${JSON.stringify(ids)} ${raw}`;
	});
	return hash('sha256', [root, childTables.join(), ...children.sort()].join('\n'));
}
