import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestName } from './manifest';

const runName = /^run=([0-9]{8}T[0-9]{9}Z-[0-9a-f]{4})(?:\.(\d{4,}))?$/;
const stagingPrefix = '.staging-';

/** A committed part of a run: `run=<run id>`, then `run=<run id>.0002` and so on. */
export interface RunDirectory {
	readonly name: string;
	readonly runId: string;
	readonly part: number;
}

export function nameRunDirectory(runId: string, part: number): string {
	return part === 1 ? `run=${runId}` : `run=${runId}.${String(part).padStart(4, '0')}`;
}

export function nameStaging(runId: string): string {
	return `${stagingPrefix}${runId}`;
}

/** The committed parts in a directory, oldest first. */
export function listRuns(directory: string): RunDirectory[] {
	return readdirSync(directory)
		.flatMap((name) => {
			const match = runName.exec(name);
			return match ? [{ name, runId: match[1] ?? '', part: Number(match[2] ?? 1) }] : [];
		})
		.sort((a, b) => (a.runId < b.runId ? -1 : a.runId > b.runId ? 1 : a.part - b.part));
}

/** Removes what killed runs left uncommitted. Call it under the lock only. */
export function removeStaging(directory: string): void {
	for (const name of readdirSync(directory)) {
		if (name.startsWith(stagingPrefix))
			rmSync(join(directory, name), { recursive: true, force: true });
	}
}

/** Whether a part holds no rows, only a manifest. */
export function isManifestOnly(directory: string, run: RunDirectory): boolean {
	const entries = readdirSync(join(directory, run.name));
	return entries.length === 1 && entries[0] === manifestName;
}

/** Removes a part. It leaves the listing in one step, so that no half of it is ever found. */
export function removeRun(directory: string, name: string): void {
	const aside = join(directory, `${stagingPrefix}removed-${name}`);
	if (!existsSync(join(directory, name))) return;
	renameSync(join(directory, name), aside);
	rmSync(aside, { recursive: true, force: true });
}

/** Makes a directory's entries durable, where the system knows how. */
export async function syncDirectory(directory: string): Promise<void> {
	// Windows cannot open a directory; there a rename is durable by the journal of the file system.
	if (process.platform === 'win32') return;
	const handle = await open(directory, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
