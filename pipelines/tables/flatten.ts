import type { ExtractedRecord } from '../sinks/sink';
import type { Window } from '../windows/window';
import { childTablesOf } from './catalog';
import { Drift } from './drift';
import { flattenBundle } from './flatten-bundle';
import { FlattenedRecord } from './flattened-record';
import { isOpenRequest } from './open-requests';
import type { RequestBundle } from './request-bundle';
import { travelRequests } from './travel-requests';

export { toRows } from './flatten-bundle';
export type { RequestBundle } from './request-bundle';

const requestChildTables = childTablesOf(travelRequests).map((table) => table.name);

/**
 * A travel request as a record for a sink. Its fingerprint is stable for the same content, in
 * whatever order Concur lists the children.
 * @throws {ConcurError} code `CONCUR_BAD_BODY` when the request has no id.
 */
export function buildRecord(
	bundle: RequestBundle,
	window: Window,
	drift: Drift = new Drift(),
): ExtractedRecord {
	const { id, rows, childTables } = flattenBundle(bundle, drift);
	// Without its children nothing of it changes unnoticed.
	const isOpen = bundle.cashAdvances !== undefined && isOpenRequest(bundle.request);
	return new FlattenedRecord(id, window, rows, childTables, isOpen);
}

/** The record of a travel request that Concur answered 404 for, at `at`. */
export function deletedRecord(id: string, window: Window, at: string): ExtractedRecord {
	return { id, window, fingerprint: '', rows: [], childTables: requestChildTables, deletedAt: at };
}
