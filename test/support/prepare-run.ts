import { mkdirSync, rmSync } from 'node:fs';
import { OUTPUT_ROOT } from './workspace';

/** Before the first test: an empty folder for all output, and one seed for all random tests. */
export default function prepareRun(): void {
	rmSync(OUTPUT_ROOT, { recursive: true, force: true });
	mkdirSync(OUTPUT_ROOT, { recursive: true });
	process.env['TEST_SEED'] ??= '20261121';
	process.stdout.write(`Random tests draw from TEST_SEED=${process.env['TEST_SEED']}\n`);
}
