import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { shownOf, type ChildScene } from './child-scene';
import { byId, jsonOf } from './run-concur';

/** A Get Many of things below a travel request. */
export interface ListOfChildren {
	readonly resource: string;
	readonly scene: () => ChildScene;
	/** The last part of the path. */
	readonly path: string;
	/** What the request of the scene has, at least two. */
	readonly expected: () => readonly IDataObject[];
	readonly parameters?: INodeParameters;
	/** Whether its page lists `userId`; yes unless told. */
	readonly namesUser?: boolean;
}

/** Tests what each Get Many below a request does: sends, limits, pairs, refuses. */
export function describeList(list: ListOfChildren): void {
	const { resource, scene, expected } = list;
	const run = (parameters: INodeParameters = {}, items: readonly IDataObject[] = [{}]) =>
		scene().run(resource, 'getAll', { ...list.parameters, ...parameters }, { items });

	it('gets one item for each, in the order of Concur', async () => {
		expect(jsonOf(await run())).toMatchObject(expected());
		const sent = scene().sent().at(-1);
		expect(sent).toMatchObject({
			method: 'GET',
			path: `/travelrequest/v4/requests/${scene().requestId}/${list.path}`,
			body: undefined,
		});
		expect(sent?.query).toEqual(list.namesUser === false ? {} : { userId: scene().traveler });
	});

	it('gets no more than the limit, or all', async () => {
		expect(jsonOf(await run({ limit: 1 }))).toHaveLength(1);
		expect(jsonOf(await run({ limit: 1, returnAll: true }))).toHaveLength(expected().length);
	});

	it('pairs what it gets with the items it was asked for by', async () => {
		const items = [{ id: scene().requestId }, { id: scene().request() }, { id: scene().requestId }];
		const { items: output } = await run({ requestId: byId('={{ $json.id }}') }, items);
		const { length } = expected();
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([
			...Array.from({ length }, () => ({ item: 0 })),
			...Array.from({ length }, () => ({ item: 2 })),
		]);
	});

	it.each([
		['a limit of half a record', { limit: '={{ 0.5 }}' }, /^The parameter 'Limit' is not a whole/],
		[
			'an empty request',
			{ requestId: byId('={{ "" }}') },
			/^The parameter 'Travel Request' is empty/,
		],
		['a request that is a path', { requestId: byId('={{ "../users" }}') }, /^An ID|An id holds/],
	])('refuses %s before anything is sent', async (_, parameters, message) => {
		const before = scene().sent().length;
		expect(shownOf(await run(parameters))).toMatch(message);
		expect(scene().sent()).toHaveLength(before);
	});
}
