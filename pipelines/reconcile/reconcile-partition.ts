import type { ConcurClient } from '../../concur/client';
import type { RequestItem } from '../../concur/travel-request/list-requests';
import { isContained } from '../extract/failures';
import { MissingRecordError } from '../extract/missing-record';
import { ownerOf, readRecord } from '../extract/read-record';
import type { ListKnowledge } from '../lists/list-knowledge';
import { sweepPartition } from '../lists/sweep';
import type { ExtractedRecord, PartitionState } from '../sinks/sink';
import type { Drift } from '../tables/drift';
import { buildRecord } from '../tables/flatten';
import { NO_WINDOW } from '../windows/window';
import type { Brake } from './brake';
import { Confirmer } from './confirm';
import type { Deletions } from './deletions';
import type { ReconcileWriter } from './reconcile-writer';
import { tellsNothing } from './refusals';
import type { StoredIds } from './stored-ids';
import type { ReconcileTally } from './summary';

export interface ReconcileContext {
	readonly client: ConcurClient;
	readonly signal: AbortSignal;
	readonly lists: ListKnowledge;
	readonly stored: StoredIds;
	readonly drift: Drift;
	readonly writer: ReconcileWriter;
	readonly tally: ReconcileTally;
	readonly brake: Brake;
	readonly deletions: Deletions;
	/** Whether the target has no other partition. */
	readonly isOnly: boolean;
}

/** Records read and stored together. */
const BATCH_RECORDS = 100;

/** What a complete sweep has found. */
interface Sweep {
	readonly ids: ReadonlySet<string>;
	readonly owners: ReadonlySet<string>;
	/** Listed, but not living in the target. */
	readonly absent: readonly RequestItem[];
}

/**
 * Makes the target's records of one partition the ones that Concur has, but for what is gone: that
 * is found here, and marked once all partitions have been judged.
 *
 * Nothing is judged before the sweep is complete: its failure leaves the partition as it was. Each
 * batch is stored by itself and does what it does once and for all, so whatever moment the process
 * dies at, the next reconcile goes on from there.
 *
 * @throws what the sweep throws, and what would stop every other call too.
 */
export async function reconcilePartition(
	context: ReconcileContext,
	state: PartitionState,
): Promise<void> {
	const { stored, tally, isOnly } = context;
	const sweep = await sweepAll(context, state);
	if (state.partition.user === '' && sweep.ids.size === 0 && stored.living > 0) {
		tally.unconfirmed += stored.living;
		tally.noteFailure(tellsNothing(), '', '');
		return;
	}
	await storeAbsent(context, state, await withinSpan(context, state, sweep.absent));
	const scope = stored.scopeOf(state.partition, sweep.owners, isOnly);
	tally.checked += scope.length;
	await judgeUnlisted(context, state, scope, sweep.ids);
}

async function sweepAll(
	{ client, signal, lists, stored }: ReconcileContext,
	{ partition, detail }: PartitionState,
): Promise<Sweep> {
	const ids = new Set<string>();
	const owners = new Set<string>();
	const absent: RequestItem[] = [];
	for await (const page of sweepPartition({ client, partition, signal, lists })) {
		for (const item of page) {
			const owner = ownerOf(item);
			ids.add(item.id);
			if (owner !== undefined) owners.add(owner);
			if (stored.isLiving(item.id)) continue;
			// Thin rows are stored as listed; of others the ids will do.
			absent.push(
				detail === 'list' ? item : { id: item.id, ...(owner && { owner: { id: owner } }) },
			);
		}
	}
	return { ids, owners, absent };
}

/** Leaves out what was last modified before the time that the target begins at (`run --from`). */
async function withinSpan(
	{ client, signal, lists, stored }: ReconcileContext,
	{ partition, coverage }: PartitionState,
	absent: readonly RequestItem[],
): Promise<readonly RequestItem[]> {
	const begin = coverage[0]?.from ?? 0;
	if (begin === 0 || absent.every(({ id }) => stored.isDeleted(id))) return absent;
	const older = new Set<string>();
	const bounds = { modifiedBefore: begin - 1 };
	for await (const page of sweepPartition({ client, partition, signal, lists }, bounds))
		for (const { id } of page) older.add(id);
	return absent.filter(({ id }) => stored.isDeleted(id) || !older.has(id));
}

/** Reads and stores what the list shows and the target lacks or has as deleted. */
async function storeAbsent(
	{ client, signal, stored, drift, writer, tally }: ReconcileContext,
	{ partition, detail }: PartitionState,
	absent: readonly RequestItem[],
): Promise<void> {
	const read = async (item: RequestItem): Promise<ExtractedRecord | undefined> => {
		try {
			const bundle = await readRecord(client, item, partition.user, detail, signal);
			return buildRecord(bundle, NO_WINDOW, drift);
		} catch (error) {
			if (signal.aborted || !isContained(error)) throw error;
			// Gone since it was listed, or kept from us: nothing to store either way.
			if (error instanceof MissingRecordError) return undefined;
			tally.unreadable++;
			tally.noteFailure(error, partition.user, `The missing request ${item.id} was not read:`);
			return undefined;
		}
	};
	for (const batch of batches(absent)) {
		const records = (await Promise.all(batch.map(read))).filter((record) => record !== undefined);
		await writer.store(partition, records);
		for (const { id } of records) {
			if (stored.isDeleted(id)) tally.undeleted++;
			else tally.foundMissing++;
		}
	}
}

/** Finds what is gone, by Concur's own word, and reads again what it still has. */
async function judgeUnlisted(
	{ client, signal, drift, writer, tally, brake, deletions }: ReconcileContext,
	{ partition, detail }: PartitionState,
	scope: readonly string[],
	listed: ReadonlySet<string>,
): Promise<void> {
	const { user } = partition;
	// The latest ones: they are the least likely to have been deleted since.
	const confirmer = new Confirmer(client, user, signal, [...listed].slice(-3));
	let gone = 0;
	const judge = async (id: string): Promise<ExtractedRecord | undefined> => {
		const verdict = await confirmer.confirm(id);
		if (verdict.kind === 'gone') {
			deletions.add(partition, id, verdict.at);
			brake.check(++gone, scope.length, user);
			return undefined;
		}
		if (verdict.kind === 'unconfirmed') {
			tally.unconfirmed++;
			tally.noteFailure(verdict.error, user, `Whether ${id} was deleted is not known:`);
			return undefined;
		}
		tally.noteHidden(id);
		return refresh(verdict.request);
	};
	const refresh = async (request: RequestItem): Promise<ExtractedRecord | undefined> => {
		// A thin row comes from a list only, and none shows it: it stays as it is.
		if (detail === 'list') return undefined;
		if (detail === 'request') return buildRecord({ request }, NO_WINDOW, drift);
		try {
			const bundle = await readRecord(client, request, user, detail, signal);
			return buildRecord(bundle, NO_WINDOW, drift);
		} catch (error) {
			if (signal.aborted || !isContained(error)) throw error;
			tally.unreadable++;
			tally.noteFailure(error, user, `The unlisted request ${request.id} was not read again:`);
			return undefined;
		}
	};
	for (const batch of batches(scope.filter((id) => !listed.has(id)))) {
		const records = (await Promise.all(batch.map(judge))).filter((record) => record !== undefined);
		await writer.store(partition, records);
	}
}

function* batches<T>(all: readonly T[]): Generator<readonly T[]> {
	for (let from = 0; from < all.length; from += BATCH_RECORDS)
		yield all.slice(from, from + BATCH_RECORDS);
}
