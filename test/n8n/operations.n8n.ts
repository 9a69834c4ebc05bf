import type { INodeParameters } from 'n8n-workflow';
import { resources } from '../../nodes/SapConcur/resources';
import { openChildScene, type ChildScene } from '../support/n8n/child-scene';
import { expectDeclared } from '../support/n8n/declared-endpoints';
import { byId, formFor } from '../support/n8n/run-concur';
import { errorOf, outputOf } from './execution';
import { N8nApi } from './n8n-api';
import { chain, MANUAL_TRIGGER, type CredentialReference, type NodeSketch } from './workflow';

const EXCHANGE = 'connectionRequest:exchangeToken';
const ALLOCATION = '933E4E76DB29634682ED94F0BAEEDDD5';
const AGENCY = '2EC038D7C3CBBE4ABA0914425064D34F';

/** Prepares the scene and gives the parameters of one run; the user is the traveler unless told. */
type Prepare = (scene: ChildScene) => INodeParameters;

const onNew =
	(...steps: Parameters<ChildScene['request']>[0] & unknown[]): Prepare =>
	(scene) => ({ requestId: byId(scene.request(steps)) });

const asApprover =
	(prepare: Prepare): Prepare =>
	(scene) => ({ ...prepare(scene), userId: byId(scene.approver) });

const connectionId: Prepare = ({ fake }) => ({
	connectionRequestId: fake.connections.all.find(({ puts }) => puts.length === 0)?.id ?? '',
});

const withAllocation: Prepare = (scene) => {
	scene.addExpense({ allocations: [{ allocationId: ALLOCATION, percentage: 100 }] });
	return { allocationId: ALLOCATION };
};

const cashAdvance = ({ fake, requestId }: ChildScene) =>
	fake.world.addCashAdvance(requestId, { amountRequested: { value: 100, currency: 'EUR' } });

/** One run of every operation there is. */
const runs: Readonly<Record<string, Prepare>> = {
	'agencyProposal:create': () => ({
		proposal: JSON.stringify({
			importDate: '2026-11-21T08:30:00Z',
			booked: false,
			proposalOrder: 1,
			agencyProposalEntries: [{ transactionDate: '2026-12-01', agencyProposalSegments: [] }],
		}),
	}),
	'agencyProposal:getAll': () => ({}),
	'allocation:get': withAllocation,
	'allocation:update': (scene) => ({
		...withAllocation(scene),
		updateFields: { percentage: 60 },
	}),
	'cashAdvance:get': (scene) => ({ cashAdvanceId: cashAdvance(scene) }),
	'cashAdvance:getAll': (scene) => {
		cashAdvance(scene);
		return {};
	},
	'comment:getAll': ({ fake, requestId }) => {
		fake.world.addComment(requestId, 'Please check the dates');
		return {};
	},
	'connectionRequest:create': ({ fake }) => {
		const waiting = new Set(fake.connections.all.map(({ user }) => user.id));
		return { loginId: fake.world.users.find(({ id }) => !waiting.has(id))?.loginId ?? '' };
	},
	'connectionRequest:delete': connectionId,
	'connectionRequest:get': connectionId,
	'connectionRequest:getAll': () => ({ returnAll: true }),
	[EXCHANGE]: () => ({}),
	'connectionRequest:respond': (scene) => ({
		...connectionId(scene),
		decision: 'tryAgainLater',
		tokens: 'kept',
	}),
	'connectionRequest:updateStatus': (scene) => ({ ...connectionId(scene), status: 'CRRET' }),
	'costObject:getAll': () => ({}),
	'exception:getAll': ({ fake, requestId }) => {
		fake.world.addException(requestId, { code: 'CALWARN2', isBlocking: false });
		return {};
	},
	'expectedExpense:create': () => ({
		expenseTypeId: 'AIRFR',
		transactionDate: '2026-12-01',
		amount: 120.5,
		currency: 'EUR',
	}),
	'expectedExpense:delete': (scene) => ({ expenseId: scene.addExpense() }),
	'expectedExpense:get': (scene) => ({ expenseId: scene.addExpense() }),
	'expectedExpense:getAll': (scene) => {
		scene.addExpense();
		return {};
	},
	'expectedExpense:update': (scene) => ({
		expenseId: scene.addExpense(),
		updateFields: { businessPurpose: 'Training' },
	}),
	'participant:getAll': () => ({}),
	'participant:update': ({ approver }) => ({ addUserIds: [approver] }),
	'policy:getAll': () => ({}),
	'travelAgency:get': () => ({ travelAgencyId: AGENCY }),
	'travelRequest:approve': asApprover(onNew('submit')),
	'travelRequest:cancel': onNew('submit'),
	'travelRequest:close': onNew('submit', 'approve'),
	'travelRequest:create': () => ({ name: 'Training', startDate: '2026-12-01T00:00:00' }),
	'travelRequest:delete': onNew(),
	'travelRequest:get': onNew(),
	'travelRequest:getAll': () => ({ view: 'ALL' }),
	'travelRequest:recall': onNew('submit'),
	'travelRequest:reopen': onNew('submit', 'approve', 'close'),
	'travelRequest:sendBack': (scene) => ({
		...asApprover(onNew('submit'))(scene),
		comment: 'The dates, please',
	}),
	'travelRequest:submit': onNew(),
	'travelRequest:update': (scene) => ({ ...onNew()(scene), updateFields: { name: 'New' } }),
};

/** Those whose answer is rightly empty in the scene. */
const MAY_BE_EMPTY = new Set(['agencyProposal:getAll', 'participant:getAll', 'costObject:getAll']);

const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => `${resource.value}:${operation.value}`),
);

describe('In a real n8n', () => {
	const n8n = new N8nApi();
	let scene: ChildScene;
	let credential: CredentialReference;

	beforeAll(async () => {
		scene = await openChildScene({ users: 8, connectionRequests: 3 });
		credential = await n8n.createCredential('sapConcurApi', 'Operations', formFor(scene.fake));
	});

	function concur(name: string, parameters: INodeParameters): NodeSketch {
		return {
			name,
			type: 'n8n-nodes-sap-concur.sapConcur',
			parameters: { authentication: 'sapConcurApi', ...parameters },
			credentials: { sapConcurApi: credential },
		};
	}

	it('every operation has its run', () => {
		expect(Object.keys(runs).sort()).toEqual([...operations].sort());
	});

	it.each(operations.filter((name) => name !== EXCHANGE))('%s runs in a workflow', async (name) => {
		const [resource = '', operation = ''] = name.split(':');
		const node = concur('Concur', {
			resource,
			operation,
			requestId: byId(scene.requestId),
			userId: byId(scene.traveler),
			...runs[name]?.(scene),
		});
		const before = scene.fake.calls.length;
		const execution = await n8n.runWorkflow(chain(name, MANUAL_TRIGGER, node));
		expect(errorOf(execution, 'Concur')).toBeUndefined();
		const items = outputOf(execution, 'Concur');
		if (!MAY_BE_EMPTY.has(name)) expect(items.length).toBeGreaterThan(0);
		const calls = scene.fake.calls.slice(before);
		expectDeclared(resource, operation, calls);
		expect(calls.every(({ status }) => status >= 200 && status < 300)).toBe(true);
	});

	// That n8n's database holds none of the tokens is searched for after the last test.
	it(`${EXCHANGE} leaves no token in n8n where executions are not saved`, async () => {
		const waiting = concur('Waiting', {
			resource: 'connectionRequest',
			operation: 'getAll',
			limit: 1,
			options: { includeRequestToken: true },
		});
		const exchange = concur('Exchange', {
			resource: 'connectionRequest',
			operation: 'exchangeToken',
		});
		const before = scene.fake.calls.length;
		await n8n.runUnsaved(chain(EXCHANGE, MANUAL_TRIGGER, waiting, exchange));
		const calls = scene.fake.calls.slice(before).map(({ path, status }) => `${status} ${path}`);
		expect(calls).toContain('200 /oauth2/v0/token');
	});
});
