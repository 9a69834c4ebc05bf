import { z } from 'zod';
import { streamNames } from './sink';

/** The shapes in which state is stored, for reading it back with suspicion. */

export const closedWindowSchema = z
	.object({
		from: z.number().int(),
		to: z.number().int(),
		listedAt: z.number().int(),
		confirmed: z.literal(true).optional(),
	})
	.transform(({ confirmed, ...window }) => ({ ...window, ...(confirmed && { confirmed }) }));

export const partitionSchema = z.object({
	stream: z.enum(streamNames),
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
		// The first layout did not count them.
		attempts: z.number().int().default(1),
		skippedAt: z.string().nullish(),
	})
	.transform(({ correlationId, skippedAt, ...letter }) => ({
		...letter,
		...(typeof correlationId === 'string' ? { correlationId } : {}),
		...(typeof skippedAt === 'string' ? { skippedAt } : {}),
	}));

export const sightingsSchema = z
	.array(z.object({ id: z.string(), firstSeen: z.string(), lastSeen: z.string() }))
	.readonly();

export const partitionStateSchema = z
	.object({
		partition: partitionSchema,
		detail: detailSchema,
		coverage: z.array(closedWindowSchema).readonly(),
		deadLetters: z.array(deadLetterSchema).readonly(),
		openReadAt: z.number().int().optional(),
		sightings: sightingsSchema.optional(),
	})
	.transform(({ openReadAt, sightings, ...state }) => ({
		...state,
		...(openReadAt === undefined ? {} : { openReadAt }),
		...(sightings === undefined ? {} : { sightings }),
	}));

/** Earlier versions remembered none. */
export const factsSchema = z.record(z.string()).default({});

export const runRecordSchema = z.object({
	runId: z.string(),
	startedAt: z.string(),
	finishedAt: z.string(),
	status: z.enum(['complete', 'incomplete', 'failed', 'interrupted']),
	summary: z.record(z.unknown()),
});
