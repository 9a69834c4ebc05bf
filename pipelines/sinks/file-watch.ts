import { statSync } from 'node:fs';
import { TargetLostError } from './target-errors';

/**
 * Sees whether a name still leads to the file that was opened and is held open. A file that is
 * deleted or replaced takes every write without a word until it is closed, and then all of them are
 * gone; a folder takes the files of a run whose earlier ones it has lost.
 */
export class FileWatch {
	readonly #opened: string | undefined;

	constructor(
		private readonly path: string,
		private readonly target: string,
	) {
		this.#opened = identify(path);
	}

	/** @throws {TargetLostError} when the file has been deleted or another one has its name. */
	check(): void {
		const found = identify(this.path);
		if (found === this.#opened) return;
		throw new TargetLostError(this.target, found === undefined ? 'deleted' : 'replaced');
	}
}

function identify(path: string): string | undefined {
	const found = statSync(path, { bigint: true, throwIfNoEntry: false });
	return found && `${found.dev}:${found.ino}`;
}
