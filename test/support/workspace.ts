import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Everything the tests write lands below here, so that one search can look for leaked secrets. */
export function outputRoot(): string {
	return (process.env['TEST_OUTPUT_ROOT'] ??= mkdtempSync(join(tmpdir(), 'sap-concur-tests-')));
}

/** A fresh folder for one test. */
export function makeWorkspace(name: string): string {
	return mkdtempSync(join(outputRoot(), `${name}-`));
}
