import type { INodeParameters } from 'n8n-workflow';
import { byId, jsonOf } from '../support/n8n/run-concur';
import { openTravelScene, type Step } from '../support/n8n/travel-scene';

const BASE = '/travelrequest/v4/requests';
const SIMPLIFIED = [
	...['id', 'requestId', 'name', 'businessPurpose', 'status', 'startDate', 'endDate'],
	...['totalApprovedAmount', 'currency', 'owner'],
];

describe('Creating a travel request', () => {
	it('sends all fields under the names that the create body has', async () => {
		const { bench, fake, sent, traveler } = await openTravelScene();
		const run = await bench.run('travelRequest', 'create', {
			name: ' Company training ',
			startDate: '2027-07-01T00:00:00',
			endDate: '2027-07-03',
			userId: byId(traveler),
			simplify: false,
			additionalFields: {
				businessPurpose: 'Training',
				comment: 'By train, please: žluťoučký 🚆',
				startTime: '07:15',
				endTime: '22:00',
				policy: byId('00497B95D8055849A1B217C8D05FFB86'),
				travelAgency: '2EC038D7C3CBBE4ABA0914425064D34F',
				mainDestination: {
					place: { city: 'Lyon, FRANCE', countryCode: 'FR', countrySubDivisionCode: 'FR-69' },
				},
				customFields: {
					customField: [
						{ field: 'custom1', value: 'IT' },
						{ field: 'custom20', value: 4711 },
						{ field: 'custom3', value: '' },
					],
				},
				moreFields: '{"comment": "From More Fields", "expensePolicy": {"id": "A6D4"}}',
			},
		});
		const [item] = jsonOf(run);
		expect(sent()).toMatchObject([{ method: 'POST', path: BASE, query: { userId: traveler } }]);
		expect(sent()[0]?.body).toEqual({
			name: 'Company training',
			startDate: '2027-07-01',
			endDate: '2027-07-03',
			businessPurpose: 'Training',
			comment: 'From More Fields',
			startTime: '07:15',
			endTime: '22:00',
			policy: { id: '00497B95D8055849A1B217C8D05FFB86' },
			travelAgency: { id: '2EC038D7C3CBBE4ABA0914425064D34F' },
			mainDestination: {
				city: 'Lyon, FRANCE',
				countryCode: 'FR',
				countrySubDivisionCode: 'FR-69',
			},
			custom1: { value: 'IT' },
			custom20: { value: '4711' },
			expensePolicy: { id: 'A6D4' },
		});
		const created = fake.world.requests().map((id) => fake.world.truth(id)?.request);
		expect(created).toEqual([item]);
		expect(item).toMatchObject({ startDate: '2027-07-01', custom20: { value: '4711' } });
	});

	it('sends no field that is left empty, and simplifies what comes back', async () => {
		const { bench, sent, traveler } = await openTravelScene();
		const run = await bench.run('travelRequest', 'create', {
			name: 'Trip',
			userId: byId(traveler),
			additionalFields: { comment: ' ', mainDestination: { place: { city: '' } }, moreFields: '' },
		});
		expect(sent()[0]?.body).toEqual({ name: 'Trip' });
		expect(jsonOf(run).map(Object.keys)).toEqual([SIMPLIFIED]);
	});

	it('names no user where the token is the traveler’s own', async () => {
		const { bench, sent } = await openTravelScene({ tokenKind: 'user' });
		const run = await bench.run('travelRequest', 'create', { name: 'Trip' });
		expect(jsonOf(run)).toMatchObject([{ name: 'Trip', owner: 'John Doe' }]);
		expect(sent()[0]?.query).toEqual({});
	});

	it.each([
		['a day picked in n8n', 'Pacific/Auckland', '2027-07-01T00:00:00', '2027-07-01'],
		['a luxon object', 'UTC', '={{ DateTime.fromISO("2027-07-01T23:59:00Z") }}', '2027-07-01'],
	])('takes the start date from %s', async (_, timezone, startDate, day) => {
		const { bench, sent, traveler } = await openTravelScene();
		const parameters = { name: 'Trip', startDate, userId: byId(traveler) };
		const run = await bench.run('travelRequest', 'create', parameters, { timezone });
		expect(jsonOf(run)).toMatchObject([{ startDate: day }]);
		expect(sent()[0]?.body).toEqual({ name: 'Trip', startDate: day });
	});

	it('creates one request for each item, in their order', async () => {
		const { bench, fake, traveler } = await openTravelScene();
		const names = Array.from({ length: 7 }, (_, index) => `Trip ${index}`);
		const run = await bench.run(
			'travelRequest',
			'create',
			{ name: '={{ $json.name }}', userId: byId(traveler) },
			{ items: names.map((name) => ({ name })) },
		);
		expect(jsonOf(run).map(({ name }) => name)).toEqual(names);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(
			names.map((_, item) => ({ item })),
		);
		expect(fake.world.requests()).toEqual(jsonOf(run).map(({ id }) => id));
	});
});

describe('Updating a travel request', () => {
	it('sends the fields given and null for those to clear, and nothing else', async () => {
		const { bench, fake, on, request, sent, traveler } = await openTravelScene();
		const id = request([], { comment: 'Old', endTime: '19:00' });
		const run = await bench.run('travelRequest', 'update', {
			...on(id),
			updateFields: {
				name: 'Training, later',
				businessPurpose: '',
				startDate: '2027-07-07',
				endDate: '2027-07-09',
				startTime: '06:15',
				expensePolicy: 'A6D42A825114472FAF402180E20B3751',
				travelAgency: '2EC038D7C3CBBE4ABA0914425064D34F',
				mainDestination: { place: { iataCode: 'LYS' } },
				customFields: { customField: [{ field: 'custom2', value: 'CEN' }] },
			},
			clearFields: ['comment', 'endTime', 'custom1'],
			simplify: false,
		});
		expect(sent()).toMatchObject([
			{ method: 'PUT', path: `${BASE}/${id}`, query: { userId: traveler } },
		]);
		expect(sent()[0]?.body).toEqual({
			name: 'Training, later',
			startDate: '2027-07-07',
			endDate: '2027-07-09',
			startTime: '06:15',
			expensePolicy: { id: 'A6D42A825114472FAF402180E20B3751' },
			travelAgency: { id: '2EC038D7C3CBBE4ABA0914425064D34F' },
			mainDestination: { iataCode: 'LYS' },
			custom2: { value: 'CEN' },
			comment: null,
			endTime: null,
			custom1: null,
		});
		expect(jsonOf(run)).toEqual([fake.world.truth(id)?.request]);
		expect(jsonOf(run)).toMatchObject([{ name: 'Training, later', comment: null, endTime: null }]);
	});

	it('may only clear', async () => {
		const { bench, on, request, sent } = await openTravelScene();
		const id = request([], { businessPurpose: 'Training' });
		const parameters = { ...on(id), clearFields: ['businessPurpose'] };
		const run = await bench.run('travelRequest', 'update', parameters);
		expect(jsonOf(run)).toMatchObject([{ id, businessPurpose: null }]);
		expect(sent()[0]?.body).toEqual({ businessPurpose: null });
	});

	it('acts as Concur System where no user is named', async () => {
		const { bench, request, sent } = await openTravelScene();
		const parameters = { requestId: byId(request()), updateFields: { name: 'New' } };
		expect(jsonOf(await bench.run('travelRequest', 'update', parameters))).toHaveLength(1);
		expect(sent()[0]?.query).toEqual({});
	});
});

describe('Deleting a travel request', () => {
	it('takes it away and says which one', async () => {
		const { bench, fake, on, request, sent, traveler } = await openTravelScene();
		const [id, other] = [request(), request()];
		const run = await bench.run('travelRequest', 'delete', on(id));
		expect(jsonOf(run)).toEqual([{ deleted: true, id }]);
		expect(sent()).toMatchObject([
			{ method: 'DELETE', path: `${BASE}/${id}`, query: { userId: traveler }, body: undefined },
		]);
		expect(fake.world.requests()).toEqual([other]);
	});
});

interface StepCase {
	readonly operation: string;
	readonly path: string;
	readonly before: readonly Step[];
	readonly approves?: boolean;
	readonly after: Record<string, unknown>;
}

const steps: readonly StepCase[] = [
	{ operation: 'submit', path: 'submit', before: [], after: status('SUBMITTED') },
	{ operation: 'recall', path: 'recall', before: ['submit'], after: status('NOT_SUBMITTED') },
	{ operation: 'cancel', path: 'cancel', before: ['submit'], after: status('CANCELED') },
	{ operation: 'close', path: 'close', before: ['submit', 'approve'], after: { closed: true } },
	{
		operation: 'reopen',
		path: 'reopen',
		before: ['submit', 'approve', 'close'],
		after: { closed: false },
	},
	{
		operation: 'approve',
		path: 'approve',
		before: ['submit'],
		approves: true,
		after: status('APPROVED'),
	},
	{
		operation: 'sendBack',
		path: 'sendback',
		before: ['submit'],
		approves: true,
		after: status('SENTBACK'),
	},
];

function status(code: string): Record<string, unknown> {
	return { approvalStatus: { code } };
}

/** What an operation needs beside the request and the user. */
const extras: Readonly<Record<string, INodeParameters>> = {
	sendBack: { comment: 'Choose a cheaper flight' },
};

describe.each(steps)('The step $operation', ({ operation, path, before, approves, after }) => {
	it('moves the request on in the name of the user, and outputs it as it is then', async () => {
		const { bench, fake, on, request, sent, traveler, approver } = await openTravelScene();
		const id = request(before);
		const user = approves === true ? approver : traveler;
		const run = await bench.run('travelRequest', operation, {
			...on(id, user),
			...extras[operation],
			simplify: false,
		});
		expect(jsonOf(run)).toMatchObject([{ id, ...after }]);
		expect(jsonOf(run)).toEqual([fake.world.truth(id)?.request]);
		expect(sent()).toEqual([
			{
				method: 'POST',
				path: `${BASE}/${id}/${path}`,
				query: { userId: user },
				body: extras[operation],
				contentType: extras[operation] && 'application/json',
				correlationId: sent()[0]?.correlationId,
			},
		]);
	});

	it('can name the company', async () => {
		const { bench, on, request, sent, traveler, approver } = await openTravelScene();
		const parameters = {
			...on(request(before), approves === true ? approver : traveler),
			...extras[operation],
			options: { companyId: ' 8568a4cd-8ffc-49d6-9417-be2d69aa075f ' },
		};
		const run = await bench.run('travelRequest', operation, parameters);
		expect(jsonOf(run).map(Object.keys)).toEqual([SIMPLIFIED]);
		expect(sent()[0]?.query).toMatchObject({ companyId: '8568a4cd-8ffc-49d6-9417-be2d69aa075f' });
	});

	it('is done for each item, one after the other, and keeps them paired', async () => {
		const { bench, fake, request, traveler, approver } = await openTravelScene();
		const ids = [request(before), request(before), request(before)];
		const run = await bench.run(
			'travelRequest',
			operation,
			{
				requestId: byId('={{ $json.id }}'),
				userId: byId(approves === true ? approver : traveler),
				...extras[operation],
			},
			{ items: ids.map((id) => ({ id })) },
		);
		expect(jsonOf(run).map(({ id }) => id)).toEqual(ids);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
		const paths = fake.calls.filter(({ method }) => method === 'POST').map((call) => call.path);
		expect(paths.slice(-3)).toEqual(ids.map((id) => `${BASE}/${id}/${path}`));
	});
});

describe('An approver', () => {
	it.each(['approve', 'sendBack'])('can %s on behalf of another', async (operation) => {
		const { bench, fake, on, request, sent, approver } = await openTravelScene();
		const [, , other] = fake.world.users;
		const parameters = {
			...on(request(['submit']), approver),
			...extras[operation],
			options: { delegatorUserId: byId(String(other?.id)) },
		};
		expect(jsonOf(await bench.run('travelRequest', operation, parameters))).toHaveLength(1);
		expect(sent()[0]?.query).toEqual({ userId: approver, delegatorUserId: other?.id });
	});

	it('leaves the comment with the request that goes back', async () => {
		const { bench, fake, on, request, approver } = await openTravelScene();
		const id = request(['submit']);
		const parameters = { ...on(id, approver), comment: 'Cheaper, please' };
		jsonOf(await bench.run('travelRequest', 'sendBack', parameters));
		expect(fake.world.truth(id)?.comments).toMatchObject([{ value: 'Cheaper, please' }]);
	});

	it('may stay unnamed, and the company’s system acts', async () => {
		const { bench, request, sent } = await openTravelScene();
		const parameters = { requestId: byId(request(['submit'])) };
		const run = await bench.run('travelRequest', 'approve', parameters);
		expect(jsonOf(run)).toMatchObject([{ status: 'APPROVED' }]);
		expect(sent()[0]?.query).toEqual({});
	});
});
