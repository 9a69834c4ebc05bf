import { hash } from 'node:crypto';
import type { RawConnectionRequest } from '../../concur/connection-request/raw-connection-requests';
import type { ExtractedRecord, Sighting } from '../sinks/sink';
import { connectionRequests } from '../tables/connection-requests';
import type { Drift } from '../tables/drift';
import { FlattenedRow } from '../tables/flattened-row';
import { compileFlattener } from '../tables/flattener';
import { NO_WINDOW } from '../windows/window';

const flattener = compileFlattener(connectionRequests);
const firstSeenAt = flattener.indexOf('first_seen_at');
const lastSeenAt = flattener.indexOf('last_seen_at');

/** A connection request, read without its token, as a record for a sink: new each time it is seen. */
export function buildConnectionRecord(
	request: RawConnectionRequest,
	{ firstSeen, lastSeen }: Sighting,
	drift: Drift,
): ExtractedRecord {
	const cells = flattener.readCells(request, drift);
	cells[firstSeenAt] = firstSeen;
	cells[lastSeenAt] = lastSeen;
	const row = new FlattenedRow(connectionRequests, cells, request);
	return {
		id: request.ID,
		// A queue is not read by modification time.
		window: NO_WINDOW,
		fingerprint: hash('sha256', [row.raw, firstSeen, lastSeen].join('\n')),
		rows: [row],
		childTables: [],
	};
}
