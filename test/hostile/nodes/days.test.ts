import type { INodeParameters } from 'n8n-workflow';
import { openChildScene, type ChildScene } from '../../support/n8n/child-scene';

/** America/New_York is n8n's own default; the others lie east of UTC. */
const ZONES = ['America/New_York', 'Europe/Berlin', 'Pacific/Auckland'];

const DAY = '2026-05-01';

/** The ways in which a day reaches the node; `{{ }}` are expressions. */
const writings: readonly string[] = [
	`${DAY}T00:00:00Z`,
	`${DAY}T00:00:00.000Z`,
	`${DAY} 00:00:00+00`,
	`${DAY}T00:00:00+02:00`,
	`${DAY}T00:00:00+0530`,
	`${DAY}T23:59:59.999-11:00`,
	`${DAY}T23:59:59.999Z`,
	` ${DAY}T00:00:00Z\n`,
	'={{ $json.day }}',
	'={{ new Date("2026-05-01T00:00:00Z") }}',
	'={{ new Date(2026, 4, 1) }}',
	'={{ DateTime.fromISO("2026-05-01T00:00:00Z", { zone: "utc" }) }}',
	'={{ DateTime.fromISO("2026-05-01T23:59:59+02:00", { setZone: true }) }}',
];

/** What is no day, though lenient readers find one. */
const noDays: readonly string[] = [
	...['22:00', '12', '2026', '2026-05', '2026-W18-5', '2026-121', '20260501'],
	...['2026-05-01T24:00', '2026-05-01T24:00:00Z'],
];

interface Field {
	readonly title: string;
	readonly name: string;
	run(scene: ChildScene, day: string, timezone: string): ReturnType<ChildScene['run']>;
}

function fieldOf(
	[resource, operation]: readonly [string, string],
	[title, name]: readonly [string, string],
	place: (day: string, scene: ChildScene) => INodeParameters,
): Field {
	return {
		title,
		name,
		run: (scene, day, timezone) =>
			scene.run(resource, operation, place(day, scene), {
				timezone,
				items: [{ day: `${DAY}T00:00:00Z` }],
			}),
	};
}

const expense = { expenseTypeId: 'AIRFR', amount: 1, currency: 'EUR' };

const fields = {
	'Start Date of a new request': fieldOf(
		['travelRequest', 'create'],
		['Start Date', 'startDate'],
		(startDate) => ({ name: 'Trip', startDate }),
	),
	'End Date of an update': fieldOf(
		['travelRequest', 'update'],
		['End Date', 'endDate'],
		(endDate) => ({ updateFields: { endDate } }),
	),
	'Transaction Date of a new expense': fieldOf(
		['expectedExpense', 'create'],
		['Transaction Date', 'transactionDate'],
		(transactionDate) => ({ ...expense, transactionDate }),
	),
	'Transaction Date of an update': fieldOf(
		['expectedExpense', 'update'],
		['Transaction Date', 'transactionDate'],
		(transactionDate, scene) => ({
			expenseId: scene.addExpense({ transactionDate: '2026-01-01' }),
			updateFields: { transactionDate },
		}),
	),
} satisfies Record<string, Field>;

/** What was written to Concur. */
function writtenBy(scene: ChildScene): unknown[] {
	return scene
		.sent()
		.filter(({ method }) => method !== 'GET')
		.map(({ body }) => body);
}

describe.each(Object.entries(fields))('The %s', (_, field) => {
	it.each(writings)('is the day as it is written, in each zone: %j', async (day) => {
		const scene = await openChildScene();
		for (const timezone of ZONES) {
			const { error } = await field.run(scene, day, timezone);
			expect(error).toBeUndefined();
		}
		expect(writtenBy(scene)).toMatchObject(ZONES.map(() => ({ [field.name]: DAY })));
	});
});

it.each(noDays)('%j is refused as a day, by its name, before anything is sent', async (day) => {
	const scene = await openChildScene();
	for (const timezone of ZONES) {
		for (const field of Object.values(fields)) {
			const { error } = await field.run(scene, day, timezone);
			expect(error?.message).toBe(`The parameter '${field.title}' is not a date`);
		}
	}
	expect(scene.sent()).toEqual([]);
});

it.each(['Europe/Berlin', 'Pacific/Auckland'])(
	'a Date that is no midnight, and lies on one day in UTC and on another in %s, is refused',
	async (timezone) => {
		const scene = await openChildScene();
		const day = '={{ new Date("2026-05-01T23:30:00.123Z") }}';
		const { error } = await fields['End Date of an update'].run(scene, day, timezone);
		expect(error?.message).toBe("The parameter 'End Date' is not a date");
		expect(scene.sent()).toEqual([]);
	},
);
