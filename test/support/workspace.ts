import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Everything the tests write lands below here, so that one search can look for leaked secrets. */
export const OUTPUT_ROOT = process.env['TEST_OUTPUT_ROOT'] ?? join(tmpdir(), 'sap-concur-tests');

/** A fresh folder for one test. */
export function makeWorkspace(name: string): string {
	mkdirSync(OUTPUT_ROOT, { recursive: true });
	return mkdtempSync(join(OUTPUT_ROOT, `${name}-`));
}
