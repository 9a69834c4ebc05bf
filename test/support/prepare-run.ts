import { outputRoot } from './workspace';

/** Before the first test: one folder for all output, and one seed for all random tests. */
export default function prepareRun(): void {
	outputRoot();
	process.env['TEST_SEED'] ??= '20261121';
	process.stdout.write(`Random tests draw from TEST_SEED=${process.env['TEST_SEED']}\n`);
}
