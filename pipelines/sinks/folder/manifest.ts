import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Facts, PartitionState, RunRecord } from '../sink';
import {
	factsSchema,
	partitionSchema,
	partitionStateSchema,
	runRecordSchema,
} from '../stored-state';
import { corruptTarget, foreignTarget, newerTarget } from '../target-errors';

export const manifestName = '_manifest.json';
const family = 'sap-concur-export/';
const formatVersion = 2;
/** How many finished runs a manifest remembers. */
const rememberedRuns = 50;

const recentSchema = z.object({
	partition: partitionSchema,
	window: z.object({ from: z.number().int(), to: z.number().int() }),
	fingerprints: z.record(z.string()),
});

const openSchema = z.object({ partition: partitionSchema, fingerprints: z.record(z.string()) });

const manifestSchema = z.object({
	format: z.string().startsWith(family),
	version: z.number().int(),
	runId: z.string(),
	part: z.number().int(),
	committedAt: z.string(),
	files: z.array(
		z.object({
			name: z.string(),
			table: z.string(),
			rows: z.number().int(),
			bytes: z.number().int(),
			sha256: z.string(),
		}),
	),
	partitions: z.array(partitionStateSchema),
	facts: factsSchema,
	recent: z.array(recentSchema),
	// The first layout had none.
	open: z.array(openSchema).default([]),
	runs: z.array(runRecordSchema),
});

/** Records that may be listed again, with their fingerprints, by the window that listed them. */
export type RecentWindow = z.infer<typeof recentSchema>;
/** Records that will be read again without being listed, with their fingerprints. */
export type OpenRecords = z.infer<typeof openSchema>;
/** Content of a part's `_manifest.json`: its files, and the whole state once they are there. */
export type Manifest = z.infer<typeof manifestSchema>;

export function buildManifest(
	scheme: string,
	part: {
		readonly runId: string;
		readonly part: number;
		readonly files: Manifest['files'];
		readonly partitions: readonly PartitionState[];
		readonly facts: Facts;
		readonly recent: readonly RecentWindow[];
		readonly open: readonly OpenRecords[];
		/** Newest first. */
		readonly runs: readonly RunRecord[];
	},
): Manifest {
	return {
		format: family + scheme,
		version: formatVersion,
		runId: part.runId,
		part: part.part,
		committedAt: new Date().toISOString(),
		files: part.files,
		partitions: [...part.partitions],
		facts: part.facts,
		recent: [...part.recent],
		open: [...part.open],
		runs: part.runs
			.slice(0, rememberedRuns)
			.map((run) => ({ ...run, summary: { ...run.summary } })),
	};
}

const headSchema = manifestSchema.pick({ format: true, version: true });

/** Each folder has the state of the whole target: without one, the folder before it counts. */
const MENDING =
	'Restore that file from a backup, or move its folder away: the next run goes on from the folder before it and reads again what this one held. Nothing was changed.';

/**
 * Reads a manifest.
 * @param scheme the kind of files that it must describe.
 * @throws {ConfigurationError} naming the file, when it is missing, damaged, foreign or newer.
 */
export function readManifest(file: string, scheme: string, target: string): Manifest {
	const corrupt = (reason: string, cause?: unknown) =>
		corruptTarget(target, reason, cause, MENDING);
	let content: unknown;
	try {
		content = JSON.parse(readFileSync(file, 'utf8'));
	} catch (error) {
		throw corrupt(`${file} cannot be read.`, error);
	}
	// The version first: a newer manifest may look different below.
	const head = headSchema.safeParse(content);
	if (!head.success) throw corrupt(`${file} is no manifest of this package.`);
	const found = head.data.format.slice(family.length);
	if (found !== scheme) throw foreignTarget(target, `the directory is a target of ${found}:.`);
	if (head.data.version > formatVersion)
		throw newerTarget(target, head.data.version, formatVersion);
	const manifest = manifestSchema.safeParse(content);
	if (!manifest.success) {
		const member = manifest.error.issues[0]?.path.join('.') ?? '';
		throw corrupt(`${file} lacks what a manifest has: ${member}.`, manifest.error);
	}
	return manifest.data;
}

/** Whether a file looks like a manifest of this package, of whatever format, version and state. */
export function isManifest(file: string): boolean {
	try {
		return readFileSync(file, 'utf8').includes(`"${family}`);
	} catch {
		return false;
	}
}
