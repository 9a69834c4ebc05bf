import type { IHttpRequestOptions } from 'n8n-workflow';
import { SapConcurApi } from '../../credentials/SapConcurApi.credentials';
import { openBench, jsonOf } from '../support/n8n/run-concur';
import { startFake } from '../support/start-fake';

/** A credential that has signed in, as n8n's HTTP Request node uses it. */
async function signedIn() {
	const fake = await startFake({ seed: 5, requests: 1 });
	const bench = openBench(fake);
	jsonOf(await bench.run('travelRequest', 'getAll', { view: 'ALL' }));
	const data = bench.store.read(bench.credential);
	const authorize = (options: IHttpRequestOptions & { uri?: string }, change = {}) =>
		new SapConcurApi().authenticate({ ...data, ...change }, options);
	return { fake, authorize };
}

describe('A request that the credential signs', () => {
	it('carries the token, keeps its own headers and leaves it behind at a redirect', async () => {
		const { fake, authorize } = await signedIn();
		const signed = await authorize({ url: `${fake.baseUrl}/expense/v4`, headers: { a: 'b' } });
		expect(signed.url).toBe(`${fake.baseUrl}/expense/v4`);
		expect(signed.headers).toEqual({ a: 'b', Authorization: expect.stringMatching(/^Bearer eyJ/) });
		expect(signed.sendCredentialsOnCrossOriginRedirect).toBe(false);
	});

	it.each([
		['https://evil.example/travelrequest/v4/requests'],
		['https://us2.api.concursolutions.com/travelrequest/v4/requests'],
		['http://127.0.0.1.evil.example/'],
		['http://user@evil.example/'],
	])('is not sent to %s from a credential for this machine', async (url) => {
		const { authorize } = await signedIn();
		await expect(authorize({ url })).rejects.toThrow(/is not allowed/);
		await expect(authorize({ url: '/x', baseURL: url })).rejects.toThrow(/is not allowed/);
		await expect(authorize({ url: '', uri: url })).rejects.toThrow(/is not allowed/);
	});

	it('is not sent where no host is named', async () => {
		const { authorize } = await signedIn();
		await expect(authorize({ url: '/travelrequest/v4' })).rejects.toThrow(/not complete/);
	});

	it('goes to the geolocation only where that is the same kind of host', async () => {
		const { fake, authorize } = await signedIn();
		const url = `${fake.baseUrl}/x`;
		const moved = await authorize({ url }, { geolocation: fake.movedUrl });
		expect(moved.url).toBe(`${fake.movedUrl}/x`);
		for (const geolocation of ['https://evil.example', 'https://eu2.api.concursolutions.com', '']) {
			expect((await authorize({ url }, { geolocation })).url).toBe(url);
		}
	});

	it.each([
		['a token that is about to end', { accessTokenGoodUntil: new Date(0).toISOString() }],
		['a token of another form', { clientId: 'another' }],
		['no token', { accessToken: '' }],
	])('looks like a 401 to n8n with %s, which makes it renew', async (_, change) => {
		const { fake, authorize } = await signedIn();
		await expect(authorize({ url: `${fake.baseUrl}/x` }, change)).rejects.toMatchObject({
			response: { status: 401 },
		});
	});
});
