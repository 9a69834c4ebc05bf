import type { ConcurClient } from '../../concur/client';
import type { ConcurError } from '../../concur/errors';
import type { ListKnowledge } from '../lists/list-knowledge';
import type { Detail, Partition } from '../sinks/sink';
import type { Drift } from '../tables/drift';
import type { BatchWriter } from './batch-writer';
import { extractWindow, type ExtractContext } from './extract-window';
import { FailureStreak, isContained } from './failures';
import { settleSuspects } from './missing-record';
import type { PartitionRun, Task } from './partition-run';
import type { ReadRecords } from './read-records';
import { rereadOpen } from './reread-open';
import { retryLetters } from './retry-letters';

export interface ExtractOptions {
	readonly client: ConcurClient;
	readonly detail: Detail;
	readonly drift: Drift;
	readonly signal: AbortSignal;
	readonly lists: ListKnowledge;
	readonly settleLag: number;
	readonly concurrency: number;
	readonly writer: BatchWriter;
	/** Called whenever a partition has got further. */
	readonly onProgress: (run: PartitionRun) => void;
	/** Called when nothing of a partition is left to do in this run. */
	readonly onPartition: (run: PartitionRun) => void;
	readonly onFailure: (partition: Partition, error: ConcurError) => void;
}

interface QueuedTask {
	readonly run: PartitionRun;
	readonly task: Task;
}

/**
 * Reads every partition: first what an earlier run could not read, then its gaps, then the open
 * records where they are due; last it is decided which of the first are gone. Several windows are read at a time, since they are independent of
 * each other. The oldest window of the earliest partition goes first, so that few stay half read.
 *
 * A window that cannot be listed stays open and the others go on.
 *
 * @throws what would stop every window (credentials, host), the sink's errors, the last failure of
 * many in a row that say nothing of what was asked for ({@link FailureStreak}); and, once all that
 * had come before it is read, what ended the list of partitions early.
 */
export async function extractPartitions(
	runs: AsyncIterator<PartitionRun, undefined>,
	options: ExtractOptions,
): Promise<void> {
	const queue: QueuedTask[] = [];
	const working = new Set<Promise<void>>();
	let failure: { readonly error: unknown } | undefined;
	const streak = new FailureStreak();
	/** One failure may be that of many windows: of the parts of one that was walked for all of them. */
	const told = new WeakSet<ConcurError>();
	/** What ended the list of partitions before its end. */
	let shortage: { readonly error: unknown } | undefined;
	let exhausted = false;

	const nextRun = async (): Promise<PartitionRun | undefined> => {
		try {
			return (await runs.next()).value;
		} catch (error) {
			shortage = { error };
			return undefined;
		}
	};
	const nextTask = async (): Promise<QueuedTask | undefined> => {
		while (queue.length === 0 && !exhausted) {
			const run = await nextRun();
			if (run) enqueue(run, run.planNext());
			else exhausted = true;
		}
		return queue.shift();
	};
	const enqueue = (run: PartitionRun, tasks: readonly Task[]): void => {
		run.pending += tasks.length;
		options.lists.budget.plan(tasks.filter(isPlanned).length);
		queue.push(...tasks.map((task) => ({ run, task })));
		queue.sort((a, b) => a.run.order - b.run.order || beginOf(a.task) - beginOf(b.task));
		if (run.pending === 0) options.onPartition(run);
		options.onProgress(run);
	};
	const work = async ({ run, task }: QueuedTask): Promise<void> => {
		let next: readonly Task[] = [];
		try {
			next = await perform(run, task, options);
			streak.succeed();
		} catch (error) {
			if (!isContained(error)) throw error;
			next = run.fail(task);
			if (!told.has(error)) options.onFailure(run.partition, error);
			told.add(error);
			streak.fail(error);
		}
		run.pending--;
		enqueue(run, run.pending + next.length > 0 ? next : run.planNext());
	};

	for (;;) {
		while (!failure && !options.signal.aborted && working.size < options.concurrency) {
			const task = await nextTask().catch((error: unknown) => {
				failure ??= { error };
			});
			if (!task) break;
			const job: Promise<void> = work(task)
				.catch((error: unknown) => {
					failure ??= { error };
				})
				.finally(() => working.delete(job));
			working.add(job);
		}
		if (working.size === 0) break;
		await Promise.race(working);
	}
	failure ??= shortage;
	if (failure) throw failure.error;
}

/** Does one task, stores what it brings, and returns what it leads to. */
async function perform(run: PartitionRun, task: Task, options: ExtractOptions): Promise<Task[]> {
	const { partition, letters } = run;
	const emit = async (read: ReadRecords): Promise<void> => {
		await options.writer.add(run, read);
		options.onProgress(run);
	};
	const context: ExtractContext = { ...options, partition, letters, emit };
	if (task.kind === 'retry') {
		await emit(await retryLetters(context, task.letters, () => run.unsettled));
		return [];
	}
	if (task.kind === 'judge') {
		await emit(settleSuspects(context, (window) => run.hasListed(window)));
		return [];
	}
	if (task.kind === 'reread') {
		await rereadOpen(context, {
			begin: task.begin,
			windowOf: () => run.unsettled,
			isWanted: (item) => !letters.has(item.id) && run.reread.isWanted(item),
		});
		run.reread.complete();
		await emit({ records: [], deadLetters: [] });
		return [];
	}
	const result = await extractWindow(context, task.window, task.split);
	const next = run.take(task.window, result);
	if (result.kind === 'read') await emit(result);
	return next;
}

/** Whether a task lists something that has to be listed, whatever else is found. */
function isPlanned(task: Task): boolean {
	return task.kind !== 'window' || !task.split;
}

function beginOf(task: Task): number {
	return task.kind === 'window' ? task.window.from : 0;
}
