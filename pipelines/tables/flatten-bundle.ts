import { ConcurError } from '../../concur/errors';
import type { JsonObject } from '../../concur/json';
import { Drift } from './drift';
import { FlattenedRow } from './flattened-row';
import { compileFlattener, type Flattener } from './flattener';
import type { RequestBundle } from './request-bundle';
import { readChildren } from './request-rows';
import type { Row } from './table';
import { travelRequests } from './travel-requests';

const requestFlattener = compileFlattener(travelRequests);

/** Flattens a travel request and what was read of its children: the root row first. */
export function toRows(bundle: RequestBundle, drift: Drift = new Drift()): Row[] {
	return flattenBundle(bundle, drift).rows;
}

/** The rows of a travel request, its id, and the children's tables that the bundle speaks of. */
export function flattenBundle(
	bundle: RequestBundle,
	drift: Drift,
): { id: string; rows: Row[]; childTables: string[] } {
	const { id, row } = flattenRoot(requestFlattener, bundle.request, drift);
	const { rows, childTables } = readChildren(id, bundle, drift);
	return { id, rows: [row, ...rows], childTables };
}

/**
 * The row of an element that stands by itself.
 * @throws {ConcurError} code `CONCUR_BAD_BODY` when it has no id.
 */
function flattenRoot(
	flattener: Flattener,
	element: JsonObject,
	drift: Drift,
): { id: string; row: Row } {
	const cells = flattener.readCells(element, drift);
	const id = cells[flattener.indexOf('id')];
	if (typeof id !== 'string' || id === '') {
		throw new ConcurError(
			'CONCUR_BAD_BODY',
			`Concur sent an element for ${flattener.table.name} that has no id.`,
			{ advice: 'Try again; if it happens again, report it to SAP support.' },
		);
	}
	return { id, row: new FlattenedRow(flattener.table, cells, element) };
}
