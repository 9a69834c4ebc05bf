import { openBench } from '../support/n8n/run-concur';
import { startFake } from '../support/start-fake';

describe('A scope that the app lacks', () => {
	it.each([
		[
			'before anything is known of the token',
			undefined,
			/^Act as a user .* Add the scope travelrequest\.write to the app if it has not got it/,
		],
		[
			'once the token was granted others',
			'CONREQ',
			/^Add the scope travelrequest\.write to the app .* the token lacks it/,
		],
	] as const)('is named %s', async (_when, grantedScopes, description) => {
		const fake = await startFake({ requests: 3, documentedExamples: false });
		fake.quirks.grantedScopes = 'CONREQ';
		const bench = openBench(fake, grantedScopes === undefined ? {} : { grantedScopes });
		const { error } = await bench.run('travelRequest', 'getAll', { view: 'ALL', returnAll: true });
		expect(error).toMatchObject({
			httpCode: '403',
			description: expect.stringMatching(description),
		});
	});
});
