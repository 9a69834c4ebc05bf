import { rmSync } from 'node:fs';
import { join } from 'node:path';
import searchForSecrets from '../support/search-for-secrets';
import { outputRoot } from '../support/workspace';
import { stopRunning } from './running-n8n';

/** After the last test: n8n ends, and neither its log nor its database may hold a secret. */
export default async function tearDownN8n(): Promise<void> {
	await stopRunning();
	// The package carries the fake, and with it the fake's credentials: no leak of a test's.
	for (const folder of ['packed', 'n8n-user/.n8n/nodes'])
		rmSync(join(outputRoot(), folder), { recursive: true, force: true });
	searchForSecrets();
}
