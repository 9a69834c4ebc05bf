import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { startFakeConcur, type FakeConcur, type FakeConcurOptions } from '../../fake-concur';
import { SECRETS_FILE } from './secrets-file';
import { outputRoot } from './workspace';

const running: FakeConcur[] = [];

/** Starts a fake that ends with the test file, and whose secrets are searched for afterwards. */
export async function startFake(options: FakeConcurOptions = {}): Promise<FakeConcur> {
	const fake = await startFakeConcur(options);
	running.push(fake);
	return fake;
}

afterAll(async () => {
	for (const fake of running.splice(0)) {
		const secrets = fake.secrets().map((secret) => `${secret}\n`);
		appendFileSync(join(outputRoot(), SECRETS_FILE), secrets.join(''));
		// A token that reached another host would have been recorded there.
		const leaks = fake.trapped.filter(({ headers }) => headers['authorization'] !== undefined);
		await fake.close();
		expect(leaks).toEqual([]);
	}
});
