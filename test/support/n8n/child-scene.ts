import type { INodeParameters } from 'n8n-workflow';
import type { FakeConcurOptions, JsonObject } from '../../../fake-concur';
import { byId } from './run-concur';
import type { NodeRun, NodeRunOptions } from './run-node';
import { openTravelScene, type TravelScene } from './travel-scene';

/** A scene with one travel request, for what hangs below it. */
export interface ChildScene extends TravelScene {
	/** Someone who may not see the request. */
	readonly stranger: string;
	readonly requestId: string;
	/** Runs an operation on the request in the traveler's name, unless the parameters say otherwise. */
	run(
		resource: string,
		operation: string,
		parameters?: INodeParameters,
		options?: Partial<NodeRunOptions>,
	): Promise<NodeRun>;
	/** Adds an expected expense; returns its id. */
	addExpense(fields?: JsonObject): string;
}

export async function openChildScene(options: FakeConcurOptions = {}): Promise<ChildScene> {
	const scene = await openTravelScene({ users: 4, ...options });
	const { fake, bench, traveler } = scene;
	const requestId = scene.request();
	return {
		...scene,
		stranger: fake.world.users[2]?.id ?? '',
		requestId,
		run: (resource, operation, parameters = {}, more = {}) =>
			bench.run(
				resource,
				operation,
				{ requestId: byId(requestId), userId: byId(traveler), ...parameters },
				more,
			),
		addExpense: (fields = {}) => {
			const { id } = fake.world.addExpense(requestId, {
				expenseType: { id: 'AIRFR', name: 'Airfare' },
				transactionDate: '2026-11-21',
				transactionAmount: { value: 120.5, currency: 'EUR' },
				...fields,
			});
			if (typeof id !== 'string') throw new Error('The fake gave the expense no ID');
			return id;
		},
	};
}

/** What n8n shows of a failure; the correlation id, which is another one each time, as `…`. */
export function shownOf({ error }: NodeRun): string {
	if (!error) throw new Error('The node has not failed');
	const text = `${error.message} ${error.description ?? ''}`;
	return text.replace(/Correlation ID: [0-9a-f-]{36}\./, 'Correlation ID: ….');
}
