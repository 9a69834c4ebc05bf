import { rootTableOf } from '../../tables/catalog';
import type { Row, Table } from '../../tables/table';
import type { Coverage } from '../../windows/coverage';
import type { Window } from '../../windows/window';
import { countsOf } from '../count-rows';
import type { Batch, Counts, ExtractedRecord } from '../sink';
import type { OpenFingerprints } from './open-fingerprints';
import type { WrittenVersions } from '../written-versions';
import { mayComeAgain, type RecentFingerprints } from './recent-fingerprints';
import type { Stage } from './stage';

/** Stands for the fingerprint of a record that is gone; no hash looks like it. */
const goneMark = 'deleted';

/** What is known to be written, of all that may come again. */
interface Known {
	readonly recent: RecentFingerprints;
	readonly open: OpenFingerprints;
	/** Of this run, where several partitions may bring the same record. */
	readonly written: WrittenVersions;
}

/** What of a batch is to be written. */
interface Pending {
	readonly rows: Map<Table, Row[]>;
	readonly gone: ExtractedRecord[];
	readonly counts: Counts;
}

/**
 * Stages those records of a batch that are not known to be written already.
 * @param covered the batch's coverage
 */
export async function stageBatch(
	batch: Batch,
	covered: Coverage,
	known: Known,
	stage: Stage,
): Promise<Counts> {
	const { rows, gone, counts } = select(batch, covered, known);
	for (const [table, tableRows] of rows)
		await stage.appendRows(table, tableRows, batch.extractedAt);
	const root = rootTableOf(batch.partition.stream);
	for (const { id, deletedAt } of gone)
		await stage.appendTombstone(root, id, batch.extractedAt, deletedAt ?? batch.extractedAt);
	return counts;
}

function select(batch: Batch, covered: Coverage, { recent, open, written }: Known): Pending {
	const { partition, isShared = false } = batch;
	const root = rootTableOf(partition.stream);
	const pending: Pending = { rows: new Map(), gone: [], counts: {} };
	const rootCounts = countsOf(pending.counts, root.name);
	// A queue's records have no window, and each time one is seen makes a row of its own.
	const comesAgain = batch.sightings
		? () => false
		: rememberAnswers((window) => mayComeAgain(window, covered));
	for (const record of lastOfEach(batch.records)) {
		const { id, window, isOpen } = record;
		const known = recent.find(partition, id) ?? open.find(partition, id);
		const again = comesAgain(window);
		const isGone = record.deletedAt !== undefined;
		// Working out a fingerprint costs as much as writing the row: only where it can be of use.
		const fingerprint =
			known !== undefined || again || isOpen || isShared
				? isGone
					? goneMark
					: record.fingerprint
				: undefined;
		if (fingerprint !== undefined) {
			// Either of them is enough.
			if (isOpen) open.remember(partition, id, fingerprint);
			else open.drop(partition, id);
			if (again && !isOpen) recent.remember(partition, id, window, fingerprint);
			else recent.drop(partition, id);
		}
		const isKnown = fingerprint !== undefined && known === fingerprint;
		const isWritten = isKnown || (isShared && written.has(id, fingerprint ?? ''));
		// What an earlier run wrote is not newer than what this one did.
		if (isShared && !(isKnown && written.knows(id))) written.set(id, fingerprint ?? '');
		if (isGone) {
			if (isWritten) continue;
			rootCounts.deleted++;
			pending.gone.push(record);
		} else if (isWritten) {
			rootCounts.unchanged++;
		} else {
			if (known === undefined) rootCounts.inserted++;
			else rootCounts.updated++;
			addRows(pending, record.rows, root);
		}
	}
	return pending;
}

/** The records of a window are asked about one by one, and the answer is the same for all. */
function rememberAnswers(ask: (window: Window) => boolean): (window: Window) => boolean {
	const answers = new Map<string, boolean>();
	return (window) => {
		const name = `${window.from}-${window.to}`;
		let answer = answers.get(name);
		if (answer === undefined) answers.set(name, (answer = ask(window)));
		return answer;
	};
}

/** Within one batch, the last state of a record is the one to keep. */
function lastOfEach(records: readonly ExtractedRecord[]): Iterable<ExtractedRecord> {
	return new Map(records.map((record) => [record.id, record])).values();
}

function addRows({ rows, counts }: Pending, more: readonly Row[], root: Table): void {
	for (const row of more) {
		const list = rows.get(row.table);
		if (list) list.push(row);
		else rows.set(row.table, [row]);
		// Files cannot be searched for the children they had, so all of them count as new.
		if (row.table !== root) countsOf(counts, row.table.name).inserted++;
	}
}
