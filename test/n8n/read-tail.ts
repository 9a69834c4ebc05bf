import { existsSync, readFileSync } from 'node:fs';

/** The last lines of a log. */
export function readTail(file: string, lines = 60): string {
	if (!existsSync(file)) return '';
	return readFileSync(file, 'utf8').split('\n').slice(-lines).join('\n');
}
