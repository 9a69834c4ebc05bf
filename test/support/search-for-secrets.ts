import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findSecrets } from './find-secrets';
import { SECRETS_FILE } from './secrets-file';
import { OUTPUT_ROOT } from './workspace';

/** After the last test: no secret of any fake may stand in anything that the tests wrote. */
export default function searchForSecrets(): void {
	const list = join(OUTPUT_ROOT, SECRETS_FILE);
	if (!existsSync(list)) return;
	const secrets = [...new Set(readFileSync(list, 'utf8').split('\n'))].filter(
		(each) => each !== '',
	);
	const leaks = findSecrets(OUTPUT_ROOT, secrets, SECRETS_FILE);
	if (leaks.length > 0)
		throw new Error(`Secrets were written to ${leaks.map(({ file }) => file).join(', ')}`);
	rmSync(OUTPUT_ROOT, { recursive: true, force: true });
}
