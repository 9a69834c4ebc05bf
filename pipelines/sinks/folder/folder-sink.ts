import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { codeOf } from '../../../concur/error-like';
import { FileWatch } from '../file-watch';
import { lockTarget } from '../lock';
import { makeRunId } from '../run-id';
import type { OpenOptions, Sink, SinkInspection } from '../sink';
import { foreignTarget, historyNotKept, unusableTarget } from '../target-errors';
import { findDamage } from './find-damage';
import { isManifest, manifestName, readManifest, type Manifest } from './manifest';
import { isManifestOnly, listRuns, removeStaging, type RunDirectory } from './run-directories';
import { FolderSession, type RollRules } from './session';
import type { FileFormat } from './table-file';

/** Where a target is and what it must hold. */
interface Place {
	readonly path: string;
	readonly target: string;
	readonly scheme: string;
}

const lockName = '.sap-concur-export.lock';
/** How many of the newest directories are looked at for leftovers without rows. */
const lookedAt = 20;

/**
 * A sink into a directory of files: one directory a run, `run=<run id>/<table>.<format>`, which
 * appears complete by one rename, with a `_manifest.json` that holds row counts, hashes and the
 * whole state of the target. Long runs appear in parts, `run=<run id>.0002` and so on. A record
 * that changed is written again, children included: the newest row of a key is the valid one.
 */
export function createFolderSink(
	directory: string,
	format: FileFormat,
	roll: Partial<RollRules>,
): Sink {
	const place: Place = {
		path: resolve(directory),
		target: `${format.scheme}:${directory}`,
		scheme: format.scheme,
	};
	return {
		target: place.target,
		appendOnly: true,
		open: async (options) =>
			explainDenial(place, () =>
				openSession(place, format, { rollRows: 500_000, rollMs: 600_000, ...roll }, options),
			),
		inspect: async () => explainDenial(place, () => inspectDirectory(place)),
	};
}

/** Where the system refuses a directory, the target is named and not only the system's words. */
function explainDenial<Result>({ target }: Place, work: () => Result): Result {
	try {
		return work();
	} catch (error) {
		if (!['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '')) throw error;
		throw unusableTarget(target, 'the system lets nobody in.', error);
	}
}

function openSession(
	place: Place,
	format: FileFormat,
	roll: RollRules,
	{ overlap, history }: OpenOptions,
): FolderSession {
	const { path, target } = place;
	if (history) throw historyNotKept(target);
	// All checks before the first write: a target that is refused is left as it was found.
	if (directoryExists(place)) readNewest(place);
	else makeDirectory(place);
	const lock = lockTarget(join(path, lockName), target);
	try {
		const manifest = readNewest(place);
		const names = readdirSync(path).map((name) => name.replace(/^(run=|\.staging-)/, ''));
		const lastRunId = names
			.filter((name) => /^\d{8}T/.test(name))
			.sort()
			.at(-1);
		removeStaging(path);
		const runs = listRuns(path);
		return new FolderSession(
			{
				target,
				directory: path,
				runId: makeRunId(lastRunId?.replace(/\.\d+$/, '')),
				lock,
				watch: new FileWatch(join(path, lockName), target),
				overlap,
				manifest,
				manifestOnly: runs
					.slice(-lookedAt)
					.filter((run) => isManifestOnly(path, run))
					.map(({ name }) => name),
			},
			format,
			roll,
		);
	} catch (error) {
		lock.release();
		throw error;
	}
}

function inspectDirectory(place: Place): SinkInspection | undefined {
	if (!directoryExists(place)) return undefined;
	const newest = readNewest(place);
	if (!newest) return undefined;
	const rows: Record<string, number> = {};
	const damage: string[] = [];
	for (const run of listRuns(place.path)) {
		const manifest =
			run.runId === newest.runId && run.part === newest.part ? newest : readOld(place, run, damage);
		if (!manifest) continue;
		for (const file of manifest.files) rows[file.table] = (rows[file.table] ?? 0) + file.rows;
		damage.push(...findDamage(place.path, run.name, manifest));
	}
	const { partitions, facts, runs } = newest;
	return { partitions, facts, runs, rows, damage };
}

/** The state is in the newest manifest: an older one that cannot be read is told, and no more. */
function readOld(place: Place, run: RunDirectory, damage: string[]): Manifest | undefined {
	try {
		return readUnlessRemoved(place, run);
	} catch (error) {
		if (codeOf(error) !== 'TARGET_CORRUPT') throw error;
		damage.push(`${join(run.name, manifestName)} cannot be read: its rows are not counted.`);
		return undefined;
	}
}

/** A run that goes on may remove a part without rows while it is looked at. */
function readUnlessRemoved(
	{ path, scheme, target }: Place,
	run: RunDirectory,
): Manifest | undefined {
	const directory = join(path, run.name);
	try {
		return readManifest(join(directory, manifestName), scheme, target);
	} catch (error) {
		if (!statSync(directory, { throwIfNoEntry: false })) return undefined;
		throw error;
	}
}

function readNewest(place: Place): Manifest | undefined {
	for (const run of listRuns(place.path).reverse()) {
		const manifest = readUnlessRemoved(place, run);
		if (manifest) return manifest;
	}
	return undefined;
}

/**
 * Whether the directory is there, empty or ours.
 * @throws {ConfigurationError} when it is something else.
 */
function directoryExists({ path, target }: Place): boolean {
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

function makeDirectory({ path, target }: Place): void {
	if (!statSync(dirname(path), { throwIfNoEntry: false }))
		throw unusableTarget(target, `the directory ${dirname(path)} does not exist.`);
	try {
		mkdirSync(path);
	} catch (error) {
		// Another run has just made it; the lock says which of the two goes on.
		if (codeOf(error) === 'EEXIST') return;
		throw unusableTarget(target, 'its directory cannot be made.', error);
	}
}
