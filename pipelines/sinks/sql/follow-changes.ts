import { rootIdColumn } from '../../tables/catalog';
import type { Table } from '../../tables/table';
import { quoteName } from '../sql-names';
import {
	copiedColumns,
	historyTables,
	nameHistory,
	versionedRoot,
	type HistoryTable,
} from './history-tables';

/** Records that a batch has changed, by id: when Concur said that one is gone, if it is. */
export type Changes = ReadonlyMap<string, string | undefined>;

/**
 * The statements that bring the history up to what the tables have now, for the records in
 * `changed`: a table of `id` and `at`, the moment of the change.
 */
export function followChanges(home: string, changed: string): string[] {
	return historyTables.flatMap((table) => followTable(home, changed, table));
}

/**
 * A record has a new version whenever its fingerprint has changed; a child's row only when that row
 * has. A request and its children at some time are the rows that were valid then all the same, and
 * each version of a child is a change of that child.
 */
function followTable(home: string, changed: string, history: HistoryTable): string[] {
	const { of } = history;
	const isRoot = of === versionedRoot;
	const versions = home + quoteName(history.name);
	const rows = home + quoteName(of.name);
	const id = isRoot ? 'id' : rootIdColumn;
	const sameKey = of.key
		.map((column) => `v.${quoteName(column)} = r.${quoteName(column)}`)
		.join(' AND ');
	const isStill = `EXISTS (SELECT 1 FROM ${rows} AS r WHERE ${sameKey} AND r._deleted_at IS NULL
		AND (${listContent(of, 'v')}) IS NOT DISTINCT FROM (${listContent(of, 'r')}))`;
	const columns = copiedColumns(history).map(quoteName);
	return [
		`UPDATE ${versions} AS v SET _valid_to = c.at FROM ${changed} AS c
		WHERE v.${id} = c.id AND v._valid_to IS NULL${isRoot ? '' : ` AND NOT ${isStill}`}`,
		// Valid for no time: it came and went within one moment.
		`DELETE FROM ${versions} AS v
		WHERE v.${id} IN (SELECT c.id FROM ${changed} AS c) AND v._valid_to <= v._valid_from`,
		`INSERT INTO ${versions} (${columns.join(', ')}, _valid_from)
		SELECT ${columns.map((column) => `r.${column}`).join(', ')}, c.at
		FROM ${changed} AS c JOIN ${rows} AS r ON r.${id} = c.id
		WHERE r._deleted_at IS NULL AND NOT EXISTS (
			SELECT 1 FROM ${versions} AS v WHERE ${sameKey} AND v._valid_to IS NULL)`,
	];
}

/** What makes a row another one. `json` cannot be compared; its text can. */
function listContent({ columns }: Table, alias: string): string {
	const own = columns.map(({ name }) => `${alias}.${quoteName(name)}`);
	return [...own, `CAST(${alias}._raw AS text)`].join(', ');
}

/**
 * A query for `id` and `at` of changed records: the moments at which the changes begin to count.
 *
 * Versions never overlap, whatever the clocks say: a deletion is dated by Concur's clock, the rest
 * by this machine's. Of several versions at the very same moment the last one stays; where the
 * clock was set back, each gets a millisecond, so that none is lost.
 *
 * @param source a query for `id`, `seen` (when the export saw it) and `deleted` (when Concur said
 * that it is gone, null where it lives)
 * @param afterLast a millisecond after `last`, in SQL
 */
export function dateChanges(home: string, source: string, afterLast: string): string {
	const versions = `${home}${quoteName(nameHistory(versionedRoot))} AS v WHERE v.id = s.id`;
	return `SELECT id, CASE
			WHEN last IS NULL OR coalesce(deleted, seen) > last THEN coalesce(deleted, seen)
			WHEN seen > last THEN seen
			WHEN seen < last AND living THEN ${afterLast}
			ELSE last END AS at
		FROM (SELECT s.id, s.seen, s.deleted,
			(SELECT max(coalesce(v._valid_to, v._valid_from)) FROM ${versions}) AS last,
			EXISTS (SELECT 1 FROM ${versions} AND v._valid_to IS NULL) AS living
			FROM (${source}) AS s) AS dated`;
}
