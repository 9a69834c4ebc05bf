import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from './manifest';

/**
 * What of a part is no longer as its manifest says, in sentences: a file that is cut short, longer
 * or gone. Sizes only: to hash what is there would mean to read all of it.
 */
export function findDamage(directory: string, part: string, { files }: Manifest): string[] {
	return files.flatMap(({ name, bytes }) => {
		const found = statSync(join(directory, part, name), { throwIfNoEntry: false });
		if (!found) return [`${join(part, name)} is missing.`];
		if (found.size === bytes) return [];
		return [`${join(part, name)} has ${found.size} bytes, and its manifest says ${bytes}.`];
	});
}
