/** A process of its own that makes a few calls with a shared token file: BASE FILE TOKEN CALLS. */
import { createConcurClient } from '../../concur/client';
import { FileTokenStore } from '../../concur/auth/file-token-store';

const [baseUrl = '', path = '', refreshToken = '', calls = '1'] = process.argv.slice(2);

async function run(): Promise<void> {
	for (let call = 0; call < Number(calls); call++) {
		const client = createConcurClient({
			baseUrl,
			credentials: {
				grantType: 'refresh_token',
				clientId: 'id',
				clientSecret: 's3cret',
				refreshToken,
			},
			tokenStore: new FileTokenStore(path),
		});
		await client.request({ method: 'GET', path: '/x' });
		await client.close();
	}
}

run().catch((error: unknown) => {
	process.stderr.write(String(error));
	process.exitCode = 1;
});
