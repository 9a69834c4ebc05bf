import type { ConcurClient } from '../../concur/client';
import type { ConcurError } from '../../concur/errors';
import type { Detail, Partition } from '../sinks/sink';
import type { Drift } from '../tables/drift';
import type { BatchWriter } from './batch-writer';
import { extractWindow, type WindowTask } from './extract-window';
import { isContained } from './failures';
import type { PartitionRun } from './partition-run';

/** So many windows failing in a row, and none succeeding, is not about the windows. */
const MOST_FAILURES_IN_A_ROW = 20;

export interface ExtractOptions {
	readonly client: ConcurClient;
	readonly detail: Detail;
	readonly drift: Drift;
	readonly signal: AbortSignal;
	readonly settleLag: number;
	readonly concurrency: number;
	readonly writer: BatchWriter;
	/** Called after every window. */
	readonly onWindow: (run: PartitionRun) => void;
	/** Called when nothing of a partition is left to do in this run. */
	readonly onPartition: (run: PartitionRun) => void;
	readonly onFailure: (partition: Partition, error: ConcurError) => void;
}

interface QueuedTask {
	readonly run: PartitionRun;
	readonly task: WindowTask;
}

/**
 * Reads every partition's gaps, several windows at a time: windows are independent of each other.
 * The oldest window of the earliest partition goes first, so that few stay half read.
 *
 * A window that cannot be listed stays open and the others go on.
 *
 * @throws what would stop every window (credentials, host), the sink's errors, and the last
 * failure of many in a row.
 */
export async function extractPartitions(
	runs: AsyncIterator<PartitionRun, undefined>,
	options: ExtractOptions,
): Promise<void> {
	const queue: QueuedTask[] = [];
	const working = new Set<Promise<void>>();
	let failure: { readonly error: unknown } | undefined;
	let failuresInARow = 0;
	let exhausted = false;

	const nextTask = async (): Promise<QueuedTask | undefined> => {
		while (queue.length === 0 && !exhausted) {
			const step = await runs.next();
			if (step.done) exhausted = true;
			else enqueue(step.value, newestOf(step.value));
		}
		return queue.shift();
	};
	const newestOf = (run: PartitionRun): WindowTask[] => {
		const task = run.planNewest(serverSecond());
		return task ? [task] : [];
	};
	const serverSecond = (): number | undefined => {
		const milliseconds = options.client.serverNow();
		return milliseconds === undefined ? undefined : Math.floor(milliseconds / 1000);
	};
	const enqueue = (run: PartitionRun, tasks: readonly WindowTask[]): void => {
		run.pending += tasks.length;
		queue.push(...tasks.map((task) => ({ run, task })));
		queue.sort((a, b) => a.run.order - b.run.order || a.task.window.from - b.task.window.from);
		if (run.pending === 0) options.onPartition(run);
	};
	const work = async ({ run, task }: QueuedTask): Promise<void> => {
		let next: readonly WindowTask[] = [];
		try {
			const result = await extractWindow(
				{ ...options, emit: (records) => options.writer.add(run, { records, deadLetters: [] }) },
				task,
			);
			next = run.take(task, result);
			if (result.kind === 'read') await options.writer.add(run, result);
			failuresInARow = 0;
		} catch (error) {
			if (!isContained(error)) throw error;
			next = run.fail(task, serverSecond());
			options.onFailure(task.partition, error);
			if (++failuresInARow >= MOST_FAILURES_IN_A_ROW) throw error;
		}
		run.pending--;
		enqueue(run, next);
		options.onWindow(run);
	};

	for (;;) {
		while (!failure && !options.signal.aborted && working.size < options.concurrency) {
			const task = await nextTask();
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
	if (failure) throw failure.error;
}
