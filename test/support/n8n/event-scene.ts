import type { IDataObject, INodeCredentialsDetails, INodeParameters } from 'n8n-workflow';
import { SapConcurApi } from '../../../credentials/SapConcurApi.credentials';
import { SapConcurOAuth2Api } from '../../../credentials/SapConcurOAuth2Api.credentials';
import type { FakeConcur, FakeConcurOptions } from '../../../fake-concur';
import { SapConcurEventTrigger } from '../../../nodes/SapConcurEventTrigger/SapConcurEventTrigger.node';
import { startFake } from '../start-fake';
import { createCredentialStore, type CredentialStore } from './credential-store';
import { formFor } from './run-concur';
import { WebhookBench } from './webhook-node';

/** A fake Concur and a workflow that an event trigger starts. */
export interface EventScene {
	readonly fake: FakeConcur;
	readonly bench: WebhookBench;
	readonly store: CredentialStore;
	readonly credential: INodeCredentialsDetails;
	readonly traveler: string;
	/** A new draft of the traveler. */
	request(): string;
	/** Opens a further workflow with an event trigger. */
	another(parameters?: INodeParameters): Promise<WebhookBench>;
}

const benches: WebhookBench[] = [];
let workflows = 0;

export async function openEventScene(
	parameters: INodeParameters = {},
	options: FakeConcurOptions = {},
): Promise<EventScene> {
	const fake = await startFake({
		seed: 5,
		requests: 0,
		documentedExamples: false,
		connectionRequests: 0,
		now: new Date('2026-11-21T12:00:00Z'),
		...options,
	});
	const store = createCredentialStore([new SapConcurApi(), new SapConcurOAuth2Api()]);
	const credential = store.add('sapConcurApi', formFor(fake));
	const traveler = fake.world.users[0]?.id ?? '';
	const another = async (more: INodeParameters = {}) => {
		const bench = await WebhookBench.open({
			nodeType: new SapConcurEventTrigger(),
			store,
			credentials: { sapConcurApi: credential },
			parameters: { publicKey: fake.events.publicKey, ...more },
			// The trigger remembers events by their workflow, as long as the process lives.
			workflowId: `workflow-${++workflows}`,
		});
		benches.push(bench);
		return bench;
	};
	return {
		fake,
		bench: await another(parameters),
		store,
		credential,
		traveler,
		request: () => fake.world.create({ name: 'Training in Lyon' }, traveler),
		another,
	};
}

/** SAP's first sample of the page Concur Request Event, with some changes. */
export function sampleEvent(changes: IDataObject = {}, facts: IDataObject = {}): IDataObject {
	return {
		id: 'c19290aa-6eba-4f22-9736-ffc9ddfa8e7b',
		correlationId: '800832c2-9467-4bb8-9c5b-3977d12975e7',
		eventType: 'statusChange.PENDING.RequestManager',
		topic: 'public.concur.request',
		timeStamp: '2019-01-04T14:06:07.117Z',
		data: null,
		subtopic: null,
		facts: {
			companyId: 'cef1dee9-c4d9-4bd0-9237-01a3978bfda4',
			isClosed: 'false',
			isTest: 'false',
			isRecall: 'false',
			recipientId: '55b671dd-ee55-4817-a228-90f5077ec61c',
			requestId: 'LLU9',
			actingUserId: 'ee4a3a2a-2f7a-482c-abd6-82435c9b20c4',
			id: '61BA94410046F747910760EA925A7CE6',
			href: 'https://emea.api.concursolutions.com/travelrequest/v4/requests/61BA94410046F747910760EA925A7CE6',
			userId: '6136f053-0cfc-49a4-80d2-e20383c27215',
			entityId: 'p006zecvr9',
			policyId: 'F4C8BD31CA9D4D6292795BE687EB9B2A',
			status: 'PendingRequestManagerApproval',
			role: 'RequestManager',
			currentApprovalStatus: 'Q_PEND',
			stepCode: 'PENDMGRA',
			isPaymentCardRelated: 'true',
			...facts,
		},
		...changes,
	};
}

afterAll(async () => {
	await Promise.all(benches.splice(0).map((bench) => bench.close()));
});
