import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { SapConcurApi } from '../../../credentials/SapConcurApi.credentials';
import { SapConcurOAuth2Api } from '../../../credentials/SapConcurOAuth2Api.credentials';
import type { FakeConcur, FakeConcurOptions } from '../../../fake-concur';
import { SapConcurTrigger } from '../../../nodes/SapConcurTrigger/SapConcurTrigger.node';
import { followClock } from '../follow-clock';
import { startFake } from '../start-fake';
import { createCredentialStore } from './credential-store';
import { openPoller, type Poller, type PollEngine } from './poll-node';
import { formFor } from './run-concur';

/** A trigger beside a fake whose clock stands still unless it is moved; n8n's clock follows it. */
export interface TriggerScene {
	readonly fake: FakeConcur;
	readonly poller: Poller;
	/** Moves the fake's clock on. */
	pass(seconds: number): void;
}

export async function openTriggerScene(
	engine: PollEngine,
	parameters: INodeParameters,
	options: FakeConcurOptions = {},
): Promise<TriggerScene> {
	const fake = await startFake({
		seed: 5,
		requests: 30,
		documentedExamples: false,
		connectionRequests: 0,
		now: new Date('2026-11-21T12:00:00Z'),
		accessTokenSeconds: 10_000_000,
		...options,
	});
	fake.clock.freeze();
	followClock(fake);
	const store = createCredentialStore([new SapConcurApi(), new SapConcurOAuth2Api()]);
	const credentials = { sapConcurApi: store.add('sapConcurApi', formFor(fake)) };
	const nodeType = new SapConcurTrigger();
	return {
		fake,
		poller: openPoller({ nodeType, store, credentials, engine, parameters }),
		pass: (seconds) => {
			fake.clock.advance(seconds * 1000);
		},
	};
}

/** The JSON of emitted items; none where n8n starts nothing. */
export function emitted(items: INodeExecutionData[] | null): IDataObject[] {
	return (items ?? []).map(({ json }) => json);
}
