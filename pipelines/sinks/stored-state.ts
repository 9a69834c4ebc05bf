import { z } from 'zod';

/** The shapes in which state is stored, for reading it back with suspicion. */

export const closedWindowSchema = z.object({
	from: z.number().int(),
	to: z.number().int(),
	listedAt: z.number().int(),
});

export const partitionSchema = z.object({
	stream: z.literal('travel-requests'),
	user: z.string(),
	view: z.string(),
});

export const detailSchema = z.enum(['list', 'request', 'full']);

export const deadLetterSchema = z
	.object({
		recordId: z.string(),
		window: z.object({ from: z.number().int(), to: z.number().int() }),
		code: z.string(),
		message: z.string(),
		correlationId: z.string().nullish(),
		failedAt: z.string(),
	})
	.transform(({ correlationId, ...letter }) =>
		typeof correlationId === 'string' ? { ...letter, correlationId } : letter,
	);

export const partitionStateSchema = z.object({
	partition: partitionSchema,
	detail: detailSchema,
	coverage: z.array(closedWindowSchema),
	deadLetters: z.array(deadLetterSchema),
});

export const runRecordSchema = z.object({
	runId: z.string(),
	startedAt: z.string(),
	finishedAt: z.string(),
	status: z.enum(['complete', 'incomplete', 'failed', 'interrupted']),
	summary: z.record(z.unknown()),
});
