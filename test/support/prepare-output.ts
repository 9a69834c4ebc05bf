import { mkdirSync, rmSync } from 'node:fs';
import { OUTPUT_ROOT } from './workspace';

/** Empties the folder of all test output before the first test. */
export default function prepareOutput(): void {
	rmSync(OUTPUT_ROOT, { recursive: true, force: true });
	mkdirSync(OUTPUT_ROOT, { recursive: true });
}
