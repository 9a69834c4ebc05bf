import type { FakeConcur, JsonValue } from '../../../fake-concur';
import type { RunSummary } from '../../../pipelines/run/summary';
import { exportOnce, type OnceOptions } from '../../support/export-once';
import { startFake } from '../../support/start-fake';
import { openRequests, TWICE, type Place } from './places';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const ADVANCES = 'travel_request_cash_advances';
export const EXCEPTIONS = 'travel_request_exceptions';

export interface Scene {
	readonly fake: FakeConcur;
	readonly place: Place;
	/** Requests that are neither closed nor canceled. */
	open(): string[];
	run(options?: OnceOptions): Promise<RunSummary>;
}

export async function setScene(place: Place): Promise<Scene> {
	const fake = await startFake({ requests: 40 });
	fake.clock.advance(HOUR);
	return {
		fake,
		place,
		open: () => openRequests(fake).sort(),
		run(options) {
			fake.calls.length = 0;
			return exportOnce(fake, place.sink, { detail: 'full', client: TWICE, ...options });
		},
	};
}

/** A first run, and then two changes that no modification time shows: of which requests. */
export async function changeQuietly({
	fake,
	open,
	run,
}: Scene): Promise<readonly [string, string]> {
	const [first = '', second = ''] = open();
	const advance = fake.world.addCashAdvance(first, { approvalStatus: { code: 'C_PEND' } });
	await run();
	fake.world.editCashAdvance(advance, { approvalStatus: { code: 'C_ISSU', name: 'Issued' } });
	fake.world.addException(second, { code: 'QUIET' });
	return [first, second];
}

/** Rows of a request that its newest version has, however many versions the target keeps. */
export async function newestRows({ rows }: Place, table: string, request: string) {
	const version = (await rows()).filter(({ id }) => id === request).at(-1)?.['_run_id'];
	return (await rows(table)).filter(
		({ travel_request_id, _run_id }) => travel_request_id === request && _run_id === version,
	);
}

export function countOf(list: JsonValue | undefined): number {
	return Array.isArray(list) ? list.length : 0;
}

export function changesOf({ tables }: RunSummary): number {
	const { inserted = 0, updated = 0 } = tables['travel_requests'] ?? {};
	return inserted + updated;
}
