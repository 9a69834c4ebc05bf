import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findSecrets } from './find-secrets';
import { SECRETS_FILE } from './secrets-file';
import { outputRoot } from './workspace';

/** After the last test: no secret of any fake may stand in anything that the tests wrote. */
export default function searchForSecrets(): void {
	const list = join(outputRoot(), SECRETS_FILE);
	const secrets = existsSync(list) ? readFileSync(list, 'utf8').split('\n').filter(Boolean) : [];
	const leaks = findSecrets(outputRoot(), [...new Set(secrets)], SECRETS_FILE);
	if (leaks.length > 0)
		throw new Error(`Secrets were written to ${leaks.map(({ file }) => file).join(', ')}`);
	rmSync(outputRoot(), { recursive: true, force: true });
}
