import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, realpathSync, statSync, type Stats } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ConfigurationError } from '../../concur/errors';
import { isErrorLike } from '../../concur/error-like';

const HTML = '<!doctype html>';

/**
 * Where a report may be written: a new file, or over an earlier page. Never over anything else, so
 * that a slip of the keyboard does not replace the warehouse by a report on it.
 * @throws {ConfigurationError}
 */
export function checkReportPath(out: string): void {
	const found = look(out, out);
	if (!found) {
		const folder = look(dirname(resolve(out)), out);
		if (!folder?.isDirectory()) throw unusable(out, 'its directory does not exist.');
		return;
	}
	if (found.isDirectory()) throw unusable(out, 'it is a directory.');
	if (!found.isFile()) throw unusable(out, 'it is no ordinary file; - is the standard output.');
	if (found.size > 0 && !isPage(out)) throw unusable(out, 'it holds something else than a page.');
}

/** Writes the page so that it appears whole, or not at all. */
export async function writeReport(out: string, page: string): Promise<void> {
	checkReportPath(out);
	const found = look(out, out);
	// A link stays one: what it points at is replaced.
	const path = found ? realpathSync(out) : resolve(out);
	const staged = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
	try {
		const file = await open(staged, 'wx');
		try {
			// Whoever made the old page private wants the new one private too.
			if (found) await file.chmod(found.mode & 0o777);
			await file.writeFile(page);
			await file.sync();
		} finally {
			await file.close();
		}
		await rename(staged, path);
	} catch (error) {
		await rm(staged, { force: true });
		throw unusable(out, isErrorLike(error) ? `${error.message}.` : 'it cannot be written.', error);
	}
}

function look(path: string, out: string): Stats | undefined {
	try {
		return statSync(path, { throwIfNoEntry: false });
	} catch (error) {
		throw unusable(out, 'it cannot be reached.', error);
	}
}

function isPage(path: string): boolean {
	const head = Buffer.alloc(HTML.length);
	const file = openSync(path, 'r');
	try {
		readSync(file, head, 0, head.length, 0);
		return head.toString('latin1').toLowerCase() === HTML;
	} finally {
		closeSync(file);
	}
}

function unusable(out: string, reason: string, cause?: unknown): ConfigurationError {
	return new ConfigurationError(
		'OUT_UNUSABLE',
		`The report cannot be written to ${out}: ${reason}`,
		{
			advice: 'Name a new file, an earlier report, or - for the standard output.',
			...(cause === undefined ? {} : { cause }),
		},
	);
}
