import type { INodeParameters } from 'n8n-workflow';
import type { FakeConcur, FakeConcurOptions } from '../../../fake-concur';
import { startFake } from '../start-fake';
import { recordSent, type SentCall } from './record-sent';
import { byId, openBench, type ConcurBench } from './run-concur';

/** An n8n beside a small company: a traveler, the approver of their requests, and no requests. */
export interface TravelScene {
	readonly fake: FakeConcur;
	readonly bench: ConcurBench;
	readonly traveler: string;
	readonly approver: string;
	/** The calls of Travel Request so far, with their bodies. */
	sent(): SentCall[];
	/** A request of the traveler that has gone these steps. */
	request(steps?: readonly Step[], fields?: Readonly<Record<string, string>>): string;
	/** The parameters that name a request, and who acts. */
	on(id: string, user?: string): INodeParameters;
}

export type Step = Parameters<FakeConcur['world']['act']>[1];

const recorders: { stop(): void }[] = [];

export async function openTravelScene(options: FakeConcurOptions = {}): Promise<TravelScene> {
	const fake = await startFake({
		seed: 5,
		requests: 0,
		documentedExamples: false,
		connectionRequests: 0,
		now: new Date('2026-11-21T12:00:00Z'),
		...options,
	});
	const recorder = recordSent(fake);
	recorders.push(recorder);
	const [traveler, approver] = fake.world.users.map(({ id }) => id);
	if (traveler === undefined || approver === undefined) throw new Error('There are too few users');
	return {
		fake,
		bench: openBench(fake),
		traveler,
		approver,
		sent: () => recorder.calls(),
		request(steps = [], fields = {}) {
			const id = fake.world.create({ name: 'Training in Lyon', ...fields }, traveler);
			for (const step of steps) fake.world.act(id, step);
			return id;
		},
		on: (id, user = traveler) => ({ requestId: byId(id), userId: byId(user) }),
	};
}

afterAll(() => {
	for (const recorder of recorders.splice(0)) recorder.stop();
});
