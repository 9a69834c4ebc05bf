import type { INodeParameters } from 'n8n-workflow';
import { byId, jsonOf } from '../support/n8n/run-concur';
import { openTravelScene, type TravelScene } from '../support/n8n/travel-scene';

interface Refusal {
	readonly when: string;
	readonly operation: string;
	readonly parameters: (scene: TravelScene) => INodeParameters;
	readonly status: string;
	readonly code: string;
	readonly message: string;
	readonly advice: string;
}

const UNKNOWN = '0123456789ABCDEF0123456789ABCDEF';

const refusals: readonly Refusal[] = [
	{
		when: 'a request is submitted twice',
		operation: 'submit',
		parameters: ({ on, request }) => on(request(['submit'])),
		status: '409',
		code: 'CASH_ADVANCE_SUBMIT_ALREADY_SUBMITTED',
		message: 'already been submitted',
		advice: 'Nothing is left to do',
	},
	{
		when: 'nobody can approve',
		operation: 'submit',
		parameters({ fake, on, request, traveler }) {
			fake.world.withoutApprover.add(traveler);
			return on(request());
		},
		status: '409',
		code: 'NO_APPROVER',
		message: 'No approver was found',
		advice: 'choose a valid approver',
	},
	{
		when: 'an exception blocks',
		operation: 'submit',
		parameters({ fake, on, request }) {
			const id = request();
			fake.world.addException(id, { isBlocking: true });
			return on(id);
		},
		status: '400',
		code: 'blockingException',
		message: 'blocking exception',
		advice: 'Resolve the blocking exceptions',
	},
	{
		when: 'a draft is not complete',
		operation: 'submit',
		parameters: ({ on, request }) => on(request([], { name: '' })),
		status: '400',
		code: 'missingRequiredField',
		message: 'required field',
		advice: 'Fill the required fields',
	},
	{
		when: 'a company names no traveler',
		operation: 'submit',
		parameters: ({ request }) => ({ requestId: byId(request()) }),
		status: '400',
		code: 'missingRequiredParam',
		message: 'userId',
		advice: 'name the user',
	},
	{
		when: 'a draft is to be closed',
		operation: 'close',
		parameters: ({ on, request }) => on(request()),
		status: '403',
		code: 'requestStatusNotApproved',
		message: 'not approved',
		advice: 'only with a request that is approved',
	},
	{
		when: 'a draft is to be approved',
		operation: 'approve',
		parameters: ({ on, request, approver }) => on(request(), approver),
		status: '403',
		code: 'permissionDenied',
		message: 'permission',
		advice: 'nobody approves a request of their own',
	},
	{
		when: 'a submitted request is to be deleted',
		operation: 'delete',
		parameters: ({ on, request }) => on(request(['submit'])),
		status: '403',
		code: 'permissionDenied',
		message: 'permission',
		advice: 'Act as a user who may do this',
	},
	{
		when: 'the request does not exist',
		operation: 'update',
		parameters: ({ on }) => ({ ...on(UNKNOWN), updateFields: { name: 'New' } }),
		status: '404',
		code: 'notFound',
		message: 'not found',
		advice: 'Check the id',
	},
	{
		when: 'the user does not exist',
		operation: 'recall',
		parameters: ({ on, request }) => on(request(), '00000000-0000-4000-8000-000000000000'),
		status: '400',
		code: 'userNotFound',
		message: 'not found',
		advice: 'Check the user ID',
	},
	{
		when: 'the policy does not exist',
		operation: 'create',
		parameters: ({ traveler }) => ({
			name: 'Trip',
			userId: byId(traveler),
			additionalFields: { policy: byId(UNKNOWN) },
		}),
		status: '400',
		code: 'invalidPolicy',
		message: 'policy',
		advice: 'Use a policy id that the user may use',
	},
	{
		when: 'the destination is not clear',
		operation: 'create',
		parameters: ({ traveler }) => ({
			name: 'Trip',
			userId: byId(traveler),
			additionalFields: { mainDestination: { place: { city: 'Springfield' } } },
		}),
		status: '400',
		code: 'invalidLocation',
		message: 'location',
		advice: 'Give an IATA code',
	},
];

describe.each(refusals)('Where $when', (refusal) => {
	it(`${refusal.operation} says so, with Concur's code, the correlation ID and advice`, async () => {
		const scene = await openTravelScene();
		const run = await scene.bench.run(
			'travelRequest',
			refusal.operation,
			refusal.parameters(scene),
		);
		const { error } = run;
		expect(run.status).toBe('error');
		expect(error?.name).toBe('NodeApiError');
		expect(error?.message).toContain(refusal.message);
		expect(error?.description).toContain(refusal.advice);
		expect(error?.description).toContain(refusal.code);
		expect(scene.sent()).toHaveLength(1);
		expect(error?.description).toContain(String(scene.sent()[0]?.correlationId));
		expect(error).toMatchObject({ httpCode: refusal.status });
	});
});

describe('A node that goes on after failures', () => {
	it('gives an item for each that failed, in its place, and does the others', async () => {
		const { bench, request, sent, traveler } = await openTravelScene();
		const ids = [request(), request(['submit']), request(), UNKNOWN, request()];
		const run = await bench.run(
			'travelRequest',
			'submit',
			{ requestId: byId('={{ $json.id }}'), userId: byId(traveler) },
			{ items: ids.map((id) => ({ id })), onError: 'continueRegularOutput' },
		);
		expect(run.status).toBe('success');
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
		expect(run.items.map(({ json }) => json)).toMatchObject([
			{ id: ids[0], status: 'SUBMITTED' },
			{
				error: expect.stringContaining('already been submitted'),
				details: {
					description: expect.stringContaining('Nothing is left to do'),
					concurCode: 'CASH_ADVANCE_SUBMIT_ALREADY_SUBMITTED',
					correlationId: sent()[1]?.correlationId,
				},
			},
			{ id: ids[2], status: 'SUBMITTED' },
			{ details: { concurCode: 'notFound', correlationId: sent()[3]?.correlationId } },
			{ id: ids[4], status: 'SUBMITTED' },
		]);
		expect(sent()).toHaveLength(5);
	});

	it('gives an item for each wrong parameter too', async () => {
		const { bench, on, request } = await openTravelScene();
		const run = await bench.run(
			'travelRequest',
			'update',
			{ ...on(request()), updateFields: { startTime: '={{ $json.time }}' } },
			{ items: [{ time: '7 am' }, { time: '07:15' }], onError: 'continueRegularOutput' },
		);
		expect(run.items.map(({ json }) => json)).toMatchObject([
			{ error: "The parameter 'Start Time' is not a time of day" },
			{ name: 'Training in Lyon' },
		]);
	});

	it('stops at the first failure where it is not told to go on', async () => {
		const { bench, request, sent, traveler } = await openTravelScene();
		const ids = [request(), request(['submit']), request()];
		const run = await bench.run(
			'travelRequest',
			'submit',
			{ requestId: byId('={{ $json.id }}'), userId: byId(traveler) },
			{ items: ids.map((id) => ({ id })) },
		);
		expect(run.error).toMatchObject({ context: { itemIndex: 1 } });
		expect(sent()).toHaveLength(2);
	});
});

describe('Where the answer is lost', () => {
	it.each([
		['create', []],
		['submit', []],
		['approve', ['submit']],
	] as const)('%s is not sent twice, and says to look first', async (operation, before) => {
		const { bench, fake, on, request, sent, traveler, approver } = await openTravelScene();
		fake.faults.set({ kind: 'resetAfter', method: 'POST', times: 1 });
		const run = await bench.run(
			'travelRequest',
			operation,
			operation === 'create'
				? { name: 'Trip', userId: byId(traveler) }
				: on(request(before), operation === 'approve' ? approver : traveler),
		);
		expect(run.error?.message).toMatch(/^It is not known whether Concur made the change/);
		expect(run.error?.description).toContain('Read the record in Concur');
		expect(sent()).toHaveLength(1);
		expect(fake.world.requests()).toHaveLength(1);
	});

	it.each(['update', 'delete'])(
		'%s is sent again, which changes nothing more',
		async (operation) => {
			const { bench, fake, on, request, sent } = await openTravelScene();
			const id = request();
			fake.faults.set({ kind: 'resetAfter', path: id, times: 1 });
			const parameters = { ...on(id), updateFields: { name: 'New' } };
			const run = await bench.run('travelRequest', operation, parameters);
			expect(jsonOf(run)).toMatchObject([{ id }]);
			expect(sent()).toHaveLength(2);
			const names = fake.world.requests().map((one) => fake.world.truth(one)?.request);
			expect(names).toMatchObject(operation === 'update' ? [{ name: 'New' }] : []);
		},
	);
});

/** What is refused before anything is sent: operation, parameters, words of message and advice. */
const mistakes: readonly [string, string, INodeParameters, string, string][] = [
	['no ID', 'get', { requestId: byId('={{ $json.none }}') }, "'Travel Request' is empty", 'Choose'],
	['an update of nothing', 'update', {}, "'Update Fields' changes nothing", "'Clear Fields'"],
	[
		'an update with nothing but blanks',
		'update',
		{
			updateFields: { name: ' ', customFields: { customField: [{ field: 'custom1', value: '' }] } },
		},
		"'Update Fields' changes nothing",
		"'Clear Fields'",
	],
	[
		'a field both set and cleared',
		'update',
		{ updateFields: { comment: 'New' }, clearFields: ['name', 'comment'] },
		"'Clear Fields' has 'Comment', which is to be set too",
		'Take it out',
	],
	[
		'a custom field both set and cleared',
		'update',
		{
			updateFields: { customFields: { customField: [{ field: 'custom7', value: 'A' }] } },
			clearFields: ['custom7'],
		},
		"'Clear Fields' has 'Custom 7', which is to be set too",
		'Take it out',
	],
	[
		'a field that cannot be cleared',
		'update',
		{ clearFields: '={{ ["policy"] }}' },
		"'Clear Fields' names a field that is not offered",
		'businessPurpose, comment, custom1',
	],
	[
		'a custom field given twice',
		'update',
		{
			updateFields: {
				customFields: {
					customField: [
						{ field: 'custom2', value: 'A' },
						{ field: 'custom2', value: 'B' },
					],
				},
			},
		},
		"has 'Custom 2' twice",
		'Keep one',
	],
	[
		'a custom field that does not exist',
		'update',
		{
			updateFields: { customFields: { customField: [{ field: '={{ "custom21" }}', value: 'A' }] } },
		},
		"'Custom Fields' names a field that is not offered",
		'custom1, custom2, custom3',
	],
	...['24:00', '7:15', '07:60', '07:15:00', 'noon'].map(
		(startTime): [string, string, INodeParameters, string, string] => [
			`the time ${startTime}`,
			'update',
			{ updateFields: { startTime } },
			"'Start Time' is not a time of day",
			'07:15',
		],
	),
	[
		'a day that does not exist',
		'update',
		{ updateFields: { endDate: '2027-02-30' } },
		"'End Date' is not a date",
		'2026-11-21',
	],
	[
		'an object for a text',
		'update',
		{ updateFields: { comment: '={{ ({ a: 1 }) }}' } },
		"'Comment' is not a text",
		'Give a text',
	],
	['no name', 'create', { name: '={{ "" }}' }, "'Name' is empty", 'Fill it in'],
	[
		'a start date that is none',
		'create',
		{ name: 'Trip', startDate: 'tomorrow' },
		"'Start Date' is not a date",
		'2026-11-21',
	],
	[
		'More Fields that are no object',
		'create',
		{ name: 'Trip', additionalFields: { moreFields: '[1]' } },
		"'More Fields' is not a JSON object",
		'{"field": "value"}',
	],
	[
		'an ID for a new request',
		'create',
		{ name: 'Trip', additionalFields: { moreFields: `{"id": "${UNKNOWN}"}` } },
		'A new request cannot have an id',
		'Leave the id out',
	],
	[
		'nothing to say to the traveler',
		'sendBack',
		{ comment: '={{ " " }}' },
		"'Comment' is empty",
		'Fill it in',
	],
	['a limit of 0', 'getAll', { limit: '={{ 0 }}' }, "'Limit'", 'Use 1 or more'],
	[
		'a moment that is none',
		'getAll',
		{ filters: { modifiedAfter: 'last week' } },
		"'Modified After' is not a date and time",
		'2026-11-21T08:30:00',
	],
	[
		'a sort that Concur does not have',
		'getAll',
		{ sort: { sortField: '={{ "lastModified" }}' } },
		"'Sort By' has a value that is not offered",
		'approvalStatus, requestId, startDate',
	],
];

describe('A wrong parameter', () => {
	it.each(mistakes)(
		'is refused before anything is sent: %s (%s)',
		async (_, operation, parameters, message, advice) => {
			const { bench, on, request, sent } = await openTravelScene();
			const run = await bench.run('travelRequest', operation, { ...on(request()), ...parameters });
			expect(run.error?.name).toBe('NodeOperationError');
			expect(run.error?.message).toContain(message);
			expect(run.error?.description).toContain(advice);
			expect(run.error).toMatchObject({ context: { itemIndex: 0 } });
			expect(sent()).toEqual([]);
			expect(() => jsonOf(run)).toThrow();
		},
	);
});
