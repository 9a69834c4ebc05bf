import {
	chmodSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { writeReport } from '../../../pipelines/report/write-report';
import { makeWorkspace } from '../../support/workspace';

const PAGE = '<!doctype html>\n<p>new</p>';
const OLD = '<!DOCTYPE html>\n<p>old</p>';

describe('Writing a report', () => {
	it('makes a file, and replaces an earlier page as private as it was', async () => {
		const folder = makeWorkspace('write');
		const file = join(folder, 'report.html');
		await writeReport(file, OLD);
		chmodSync(file, 0o600);
		await writeReport(file, PAGE);
		expect(readFileSync(file, 'utf8')).toBe(PAGE);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(readdirSync(folder)).toEqual(['report.html']);
	});

	it('follows a link and leaves it one', async () => {
		const folder = makeWorkspace('write');
		writeFileSync(join(folder, 'real.html'), OLD);
		symlinkSync(join(folder, 'real.html'), join(folder, 'link.html'));
		await writeReport(join(folder, 'link.html'), PAGE);
		expect(readFileSync(join(folder, 'real.html'), 'utf8')).toBe(PAGE);
		expect(lstatSync(join(folder, 'link.html')).isSymbolicLink()).toBe(true);
	});

	it('refuses a directory, a missing one, a device, and a file that is no page', async () => {
		const folder = makeWorkspace('write');
		mkdirSync(join(folder, 'directory'));
		writeFileSync(join(folder, 'concur.db'), 'SQLite format 3\0');
		for (const [out, reason] of [
			[join(folder, 'directory'), 'it is a directory'],
			[join(folder, 'missing', 'report.html'), 'its directory does not exist'],
			[join(folder, 'concur.db', 'report.html'), 'its directory does not exist'],
			[join(folder, 'concur.db'), 'something else than a page'],
			['/dev/null', 'no ordinary file'],
		] as const) {
			const refusal = { code: 'OUT_UNUSABLE', message: expect.stringContaining(reason) };
			await expect(writeReport(out, PAGE)).rejects.toMatchObject(refusal);
		}
		expect(readFileSync(join(folder, 'concur.db'), 'utf8')).toBe('SQLite format 3\0');
		expect(readdirSync(folder).sort()).toEqual(['concur.db', 'directory']);
	});
});
