import { isJsonObject } from '../../concur/json';
import { startFakeConcur } from '../../fake-concur';
import type { Batch, ExtractedRecord } from '../../pipelines/sinks/sink';
import { buildRecord } from '../../pipelines/tables/flatten';

export const BATCH_RECORDS = 500;

const window = { from: 0, to: 10 };

/** Thin records as an extract hands them over, each with an id of its own. */
export async function makeThinRecords(count: number): Promise<ExtractedRecord[]> {
	const fake = await startFakeConcur({ requests: 2000, documentedExamples: false });
	const items = fake.world
		.requests()
		.map((id): unknown => fake.world.truth(id)?.listItem)
		.filter(isJsonObject);
	await fake.close();
	return Array.from({ length: count }, (_, index) => {
		const id = `R${String(index).padStart(31, '0')}`;
		return buildRecord({ request: { ...items[index % items.length], id } }, window);
	});
}

/** The batches that an extract would store. */
export function* toBatches(records: readonly ExtractedRecord[]): Generator<Batch> {
	for (let from = 0; from < records.length; from += BATCH_RECORDS)
		yield {
			partition: { stream: 'travel-requests', user: '', view: 'ALL' },
			detail: 'list',
			extractedAt: '2026-01-01T00:00:00.000Z',
			records: records.slice(from, from + BATCH_RECORDS),
			coverage: [{ ...window, listedAt: 100 }],
			deadLetters: [],
			resolved: [],
		};
}

/** Columns that some of the records fill: neither contestant sends the others. */
export function findFilled(records: readonly ExtractedRecord[]): number[] {
	const filled = new Set<number>();
	for (const { rows } of records)
		rows[0]?.cells.forEach((cell, index) => cell !== null && filled.add(index));
	return [...filled].sort((a, b) => a - b);
}
