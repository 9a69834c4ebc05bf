import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { lockTarget } from '../lock';
import { makeRunId } from '../run-id';
import type { OpenOptions, Sink, SinkInspection } from '../sink';
import { foreignTarget, unusableTarget } from '../target-errors';
import { checkCompression } from './compression';
import type { CsvOptions } from './options';
import { isManifest, manifestName, readManifest, type Manifest } from './manifest';
import { isManifestOnly, listRuns, removeStaging, type RunDirectory } from './run-directories';
import { CsvSession } from './session';

const lockName = '.sap-concur-export.lock';
/** How many of the newest directories are looked at for leftovers without rows. */
const lookedAt = 20;

/**
 * A sink into a directory of CSV files: one directory a run, `run=<run id>/<table>.csv`, which
 * appears complete by one rename, with a `_manifest.json` that holds row counts, hashes and the
 * whole state of the target. Long runs appear in parts, `run=<run id>.0002` and so on. A record
 * that changed is written again, children included: the newest row of a key is the valid one.
 * @throws {ConfigurationError} where this Node.js lacks the compression.
 */
export function createCsvSink(directory: string, options: CsvOptions = {}): Sink {
	checkCompression(options.compression);
	const path = resolve(directory);
	const target = `csv:${directory}`;
	return {
		target,
		appendOnly: true,
		open: async (openOptions) => openSession(path, target, options, openOptions),
		inspect: async () => inspectDirectory(path, target),
	};
}

function openSession(
	path: string,
	target: string,
	options: CsvOptions,
	{ overlap }: OpenOptions,
): CsvSession {
	// All checks before the first write: a target that is refused is left as it was found.
	if (directoryExists(path, target)) readNewest(path, target);
	else makeDirectory(path, target);
	const lock = lockTarget(join(path, lockName), target);
	try {
		const manifest = readNewest(path, target);
		const names = readdirSync(path).map((name) => name.replace(/^(run=|\.staging-)/, ''));
		const lastRunId = names
			.filter((name) => /^\d{8}T/.test(name))
			.sort()
			.at(-1);
		removeStaging(path);
		const runs = listRuns(path);
		return new CsvSession(
			{
				target,
				directory: path,
				runId: makeRunId(lastRunId?.replace(/\.\d+$/, '')),
				lock,
				overlap,
				manifest,
				manifestOnly: runs
					.slice(-lookedAt)
					.filter((run) => isManifestOnly(path, run))
					.map(({ name }) => name),
			},
			{ rollRows: 500_000, rollMs: 600_000, ...options },
		);
	} catch (error) {
		lock.release();
		throw error;
	}
}

async function inspectDirectory(path: string, target: string): Promise<SinkInspection | undefined> {
	if (!directoryExists(path, target)) return undefined;
	const newest = readNewest(path, target);
	if (!newest) return undefined;
	const rows: Record<string, number> = {};
	for (const run of listRuns(path)) {
		const manifest = readUnlessRemoved(path, run, target);
		for (const file of manifest?.files ?? [])
			rows[file.table] = (rows[file.table] ?? 0) + file.rows;
	}
	return { partitions: newest.partitions, runs: newest.runs, rows };
}

/** A run that goes on may remove a part without rows while it is looked at. */
function readUnlessRemoved(path: string, run: RunDirectory, target: string): Manifest | undefined {
	const directory = join(path, run.name);
	try {
		return readManifest(join(directory, manifestName), target);
	} catch (error) {
		if (!statSync(directory, { throwIfNoEntry: false })) return undefined;
		throw error;
	}
}

function readNewest(path: string, target: string): Manifest | undefined {
	for (const run of listRuns(path).reverse()) {
		const manifest = readUnlessRemoved(path, run, target);
		if (manifest) return manifest;
	}
	return undefined;
}

/**
 * Whether the directory is there, empty or ours.
 * @throws {ConfigurationError} when it is something else.
 */
function directoryExists(path: string, target: string): boolean {
	const found = statSync(path, { throwIfNoEntry: false });
	if (!found) return false;
	if (!found.isDirectory()) throw unusableTarget(target, 'it is a file, not a directory.');
	const names = readdirSync(path);
	const isOurs =
		names.length === 0 ||
		names.includes(lockName) ||
		listRuns(path).some(({ name }) => isManifest(join(path, name, manifestName)));
	if (!isOurs) throw foreignTarget(target, 'the directory holds files of something else.');
	return true;
}

function makeDirectory(path: string, target: string): void {
	if (!statSync(dirname(path), { throwIfNoEntry: false }))
		throw unusableTarget(target, `the directory ${dirname(path)} does not exist.`);
	try {
		mkdirSync(path);
	} catch (error) {
		throw unusableTarget(target, 'its directory cannot be made.', error);
	}
}
