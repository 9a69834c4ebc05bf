import { chmodSync } from 'node:fs';

const NOBODY = 65_534;

/**
 * Does the work without the right to write into a directory. To root no mode of a file means
 * anything, so root works as nobody for that time; where a system has no users, nothing is tried.
 */
export async function withoutWriting<Result>(
	directory: string,
	work: () => Promise<Result>,
): Promise<Result> {
	chmodSync(directory, 0o555);
	const isRoot = process.geteuid?.() === 0;
	if (isRoot) process.seteuid?.(NOBODY);
	try {
		return await work();
	} finally {
		if (isRoot) process.seteuid?.(0);
		chmodSync(directory, 0o755);
	}
}
