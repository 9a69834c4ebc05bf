import { readRunTime } from './run-id';
import type { Batch, Facts, RunRecord, SinkSession } from './sink';

/** The fact by which a target remembers the last stamp. */
const FACT = 'extracted_at';

/** What each batch bears. */
export type Stamp = Pick<Batch, 'extractedAt'> & Required<Pick<Batch, 'facts'>>;

/**
 * Gives each batch its `_extracted_at`: this machine's time, but always later than every stamp that
 * the target has had, also when the clock is set back. So the newest row of a journal is the newest
 * version, and a loader that asks for what is later than all it has misses nothing.
 */
export class ExtractionStamps {
	#last: number;

	private constructor(
		last: number,
		private readonly facts: Facts,
	) {
		this.#last = last;
	}

	/**
	 * @param readRuns asked only where the target was filled by a version that kept no stamp.
	 * @param told what else the target is to remember with every batch.
	 */
	static async of(
		{ facts, runId, partitions }: Pick<SinkSession, 'facts' | 'runId' | 'partitions'>,
		readRuns: () => Promise<readonly RunRecord[]>,
		told: Facts,
	): Promise<ExtractionStamps> {
		const stored = Date.parse(facts[FACT] ?? '');
		const isOlder = Number.isNaN(stored) && partitions.length > 0;
		const ends = isOlder ? (await readRuns()).map(({ finishedAt }) => Date.parse(finishedAt)) : [];
		const known = [stored, readRunTime(runId) ?? Number.NaN, ...ends];
		return new ExtractionStamps(
			known.filter((time) => !Number.isNaN(time)).reduce((a, b) => Math.max(a, b), 0),
			told,
		);
	}

	next(): Stamp {
		this.#last = Math.max(Date.now(), this.#last + 1);
		const extractedAt = new Date(this.#last).toISOString();
		return { extractedAt, facts: { ...this.facts, [FACT]: extractedAt } };
	}
}
