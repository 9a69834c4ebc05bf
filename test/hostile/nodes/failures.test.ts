import type { INodeParameters } from 'n8n-workflow';
import { openBench } from '../../support/n8n/run-concur';
import type { NodeRunOptions } from '../../support/n8n/run-node';
import { openTravelScene, type TravelScene } from '../../support/n8n/travel-scene';

/**
 * What goes wrong before the first item is worked on. n8n leads the inputs of a node that throws to
 * its success branch, so that a workflow would go on as if the request had been deleted.
 */
const failures: readonly {
	readonly what: string;
	readonly form?: Record<string, string | boolean>;
	readonly credentials?: NodeRunOptions['credentials'];
	readonly parameters?: INodeParameters;
	readonly says: RegExp;
}[] = [
	{ what: 'an empty base URL', form: { baseUrl: '' }, says: /base address/ },
	{ what: 'no URL at all', form: { baseUrl: 'concur' }, says: /base address/ },
	{
		what: 'a host that is not allowed',
		form: { baseUrl: 'https://concur.example.com' },
		says: /concur\.example\.com is not allowed/,
	},
	{
		what: 'plain http to another machine',
		form: { baseUrl: 'http://us2.api.concursolutions.com', trustHost: true },
		says: /is not allowed/,
	},
	{
		what: 'a deleted credential',
		credentials: { sapConcurApi: { id: '99', name: 'Gone' } },
		says: /does not exist/,
	},
	{ what: 'no credential', credentials: {}, says: /credentials/i },
	{
		what: 'the credential of another kind of sign-in',
		parameters: { authentication: 'sapConcurOAuth2Api' },
		says: /credentials/i,
	},
	{
		what: 'a kind of sign-in that is none',
		parameters: { authentication: '={{ "someone" }}' },
		says: /'Authentication' has a value that is not offered/,
	},
	{
		what: 'an operation that is none',
		parameters: { operation: '={{ "explode" }}' },
		says: /no such operation/,
	},
	{
		what: 'a resource that is none',
		parameters: { resource: '={{ "hotel" }}' },
		says: /no such operation/,
	},
];

const operations: readonly [resource: string, operation: string][] = [
	['travelRequest', 'delete'],
	['travelRequest', 'getAll'],
	['connectionRequest', 'respond'],
];

const ITEMS = [{ n: 1 }, { n: 2 }, { n: 3 }];

async function runWith(
	{ fake, on, request }: TravelScene,
	[resource, operation]: (typeof operations)[number],
	{ form, credentials, parameters }: (typeof failures)[number],
	options: Partial<NodeRunOptions>,
) {
	return openBench(fake, form).run(
		resource,
		operation,
		{
			...on(request()),
			connectionRequestId: 'x',
			decision: 'matched',
			tokens: 'kept',
			...parameters,
		},
		{ items: ITEMS, ...(credentials && { credentials }), ...options },
	);
}

describe.each(failures)('With $what', (failure) => {
	it.each(operations)('every item of %s: %s fails, and none succeeds', async (...operation) => {
		const scene = await openTravelScene();
		const { outputs } = await runWith(scene, operation, failure, {
			onError: 'continueErrorOutput',
		});
		const [succeeded, failed] = outputs;
		expect(succeeded).toEqual([]);
		expect(failed).toMatchObject(
			ITEMS.map((json) => ({ json: { ...json, error: expect.stringMatching(failure.says) } })),
		);
		expect(scene.sent()).toEqual([]);
	});

	it('an item stands for each where they go on together, and else the node stops', async () => {
		const scene = await openTravelScene();
		const { items } = await runWith(scene, ['travelRequest', 'delete'], failure, {
			onError: 'continueRegularOutput',
		});
		expect(items).toMatchObject(
			ITEMS.map((_, item) => ({
				json: { error: expect.stringMatching(failure.says) },
				pairedItem: { item },
			})),
		);
		const stopped = await runWith(scene, ['travelRequest', 'delete'], failure, {});
		expect(stopped.error?.message).toMatch(failure.says);
		expect(stopped.outputs).toEqual([]);
	});
});
