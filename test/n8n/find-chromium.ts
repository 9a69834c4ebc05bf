import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser for screenshots: TEST_CHROMIUM (empty: none), or the first one on the PATH. */
export function findChromium(): string | undefined {
	const named = process.env['TEST_CHROMIUM'];
	if (named !== undefined) return named === '' ? undefined : named;
	const folders = (process.env['PATH'] ?? '').split(delimiter);
	return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) =>
		existsSync(file),
	);
}

/** Runs tests that need a browser, or says that they were skipped for want of one. */
export function describeWithBrowser(name: string, tests: () => void): void {
	const found = findChromium() !== undefined;
	if (!found)
		process.stderr.write(
			`Skipped "${name}": no Chromium on the PATH; TEST_CHROMIUM may name one\n`,
		);
	(found ? describe : describe.skip)(name, tests);
}
