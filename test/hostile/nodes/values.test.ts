import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { openChildScene, type ChildScene } from '../../support/n8n/child-scene';
import { byId, jsonOf } from '../../support/n8n/run-concur';

/** Values that mean something though they are of another type, from expressions and from AI models. */

let scene: ChildScene;

beforeAll(async () => {
	scene = await openChildScene();
	for (let made = 1; made < 60; made++) scene.request();
	scene.addExpense();
});

interface Row {
	readonly value: string;
	readonly resource?: string;
	readonly operation?: string;
	readonly parameters: INodeParameters;
	/** The JSON of the item that comes in. */
	readonly item?: (scene: ChildScene) => IDataObject;
	readonly comesOut: (
		items: Record<string, unknown>[],
		sent: ReturnType<ChildScene['sent']>,
	) => void;
}

const SIMPLE = ['id', 'requestId', 'name', 'businessPurpose', 'status'];

/** Switches that are on. */
const on = ['={{ "true" }}', 'true', '={{ "TRUE" }}', '={{ 1 }}', '={{ "1" }}'];
/** Switches of which nothing was said. */
const unsaid = ['={{ null }}', '={{ "" }}', '={{ $json.nothing }}'];

const rows: readonly Row[] = [
	...on.map((returnAll): Row => ({
		value: `Return All ${returnAll}`,
		parameters: { returnAll, limit: 1 },
		comesOut: (items) => expect(items).toHaveLength(60),
	})),
	...[...on, ...unsaid].map((simplify): Row => ({
		value: `Simplify ${simplify}`,
		operation: 'get',
		parameters: { simplify },
		comesOut: ([item]) => expect(Object.keys(item ?? {}).slice(0, 5)).toEqual(SIMPLE),
	})),
	{
		value: 'a switch in a collection',
		parameters: { view: 'TOAPPROVE', filters: { includeDelegateApprovals: '={{ "true" }}' } },
		comesOut: (_, [call]) => expect(call?.query['includeDelegateApprovals']).toBe('true'),
	},
	...['approved', 'Approved', '={{ "aPPROVED " }}'].map((view): Row => ({
		value: `View ${view}`,
		parameters: { view },
		comesOut: (_, [call]) => expect(call?.query['view']).toBe('APPROVED'),
	})),
	...['to approve', 'To Approve', 'to_approve'].map((view): Row => ({
		value: `View ${view}`,
		parameters: { view },
		comesOut: (_, [call]) => expect(call?.query['view']).toBe('TOAPPROVE'),
	})),
	{
		value: 'a sort by its title',
		parameters: { sort: { sortField: 'Start Date', sortOrder: 'descending' } },
		comesOut: (_, [call]) =>
			expect(call?.query).toMatchObject({ sortField: 'startDate', sortOrder: 'DESC' }),
	},
	{
		value: 'an API version as a number',
		resource: 'connectionRequest',
		parameters: { version: '={{ 3.0 }}' },
		comesOut: (items) => expect(items).toEqual([]),
	},
	{
		value: 'fields to clear as a text with commas',
		operation: 'update',
		parameters: { clearFields: '={{ "comment, Business Purpose" }}' },
		comesOut: (_, sent) =>
			expect(sent.at(-1)?.body).toEqual({ comment: null, businessPurpose: null }),
	},
	{
		value: 'fields to clear as JSON',
		operation: 'update',
		parameters: { clearFields: '={{ \'["custom1"]\' }}' },
		comesOut: (_, sent) => expect(sent.at(-1)?.body).toEqual({ custom1: null }),
	},
	{
		value: 'nothing to clear',
		operation: 'update',
		parameters: { updateFields: { name: 'Trip' }, clearFields: '={{ null }}' },
		comesOut: (_, sent) => expect(sent.at(-1)?.body).toEqual({ name: 'Trip' }),
	},
	{
		value: 'a company field by its title',
		operation: 'update',
		parameters: {
			updateFields: { customFields: { customField: [{ field: '={{ "Custom 2" }}', value: 7 }] } },
		},
		comesOut: (_, sent) => expect(sent.at(-1)?.body).toEqual({ custom2: { value: '7' } }),
	},
	{
		value: 'a locator as JSON',
		operation: 'get',
		parameters: { requestId: '={{ JSON.stringify($json.locator) }}' },
		item: ({ requestId: value }) => ({ locator: { __rl: true, mode: 'id', value } }),
		comesOut: (items) => expect(items).toMatchObject([{ id: scene.requestId }]),
	},
	{
		value: 'a URL where an ID is due',
		operation: 'get',
		parameters: { requestId: byId('={{ $json.url }}') },
		item: ({ requestId }) => ({
			url: `https://us2.api.concursolutions.com/travelrequest/v4/requests/${requestId}`,
		}),
		comesOut: (items) => expect(items).toMatchObject([{ id: scene.requestId }]),
	},
	{
		value: 'what an AI model gives a tool',
		parameters: {
			view: '={{ $fromAI("view") }}',
			userId: byId('={{ $fromAI("user") }}'),
			returnAll: '={{ $fromAI("all") }}',
			simplify: '={{ $fromAI("simple") }}',
			limit: '={{ $fromAI("limit") }}',
			filters: {
				modifiedAfter: '={{ $fromAI("after") }}',
				approvedAfter: '={{ $fromAI("approved") }}',
			},
		},
		item: ({ traveler }) => ({
			view: 'active',
			user: traveler,
			all: 'false',
			simple: 'true',
			limit: '2',
			after: '2026-01-01 00:00:00+00',
			approved: null,
		}),
		comesOut: (items, [call]) => {
			expect(items.map((item) => Object.keys(item).slice(0, 5))).toEqual([SIMPLE, SIMPLE]);
			expect(call?.query).toMatchObject({ view: 'ACTIVE', modifiedAfter: '2026-01-01T00:00:00Z' });
			expect(call?.query).not.toHaveProperty('approvedAfter');
		},
	},
];

it.each(rows)('$value is read as what it means', async (row) => {
	const { resource = 'travelRequest', operation = 'getAll', parameters, item } = row;
	const before = scene.sent().length;
	const run = await scene.run(resource, operation, parameters, { items: [item?.(scene) ?? {}] });
	row.comesOut(jsonOf(run), scene.sent().slice(before));
});
