import { openChildScene, shownOf, type ChildScene } from '../support/n8n/child-scene';
import { describeList } from '../support/n8n/describe-list';
import { describeRefusals } from '../support/n8n/expect-refusals';
import { jsonOf } from '../support/n8n/run-concur';

const proposal = {
	importDate: '2026-11-21T08:30:00Z',
	booked: false,
	proposalOrder: 1,
	agencyProposalEntries: [{ transactionDate: '2026-12-01', agencyProposalSegments: [] }],
};
const text = JSON.stringify(proposal);

let scene: ChildScene;

beforeEach(async () => {
	scene = await openChildScene();
});

describe('Agency Proposal: Create', () => {
	it.each([
		['as a text', text],
		['as an object of an item', '={{ $json.proposal }}'],
	])('sends the proposal %s', async (_, given) => {
		const run = await scene.run(
			'agencyProposal',
			'create',
			{ proposal: given },
			{ items: [{ proposal }] },
		);
		const proposalUuid: unknown = expect.any(String);
		expect(run.items).toMatchObject([
			{ json: { ...proposal, proposalUuid }, pairedItem: { item: 0 } },
		]);
		expect(scene.sent()).toMatchObject([
			{
				method: 'POST',
				path: `/travelrequest/v4/requests/${scene.requestId}/agencyproposals`,
				query: { userId: scene.traveler },
				body: proposal,
			},
		]);
	});

	it.each([
		['keeps', false, 1],
		['does not keep', true, 0],
	])('%s a proposal (test: %j)', async (_, test, kept) => {
		await scene.run('agencyProposal', 'create', { proposal: text, options: { test } });
		expect(scene.sent()[0]?.query['test']).toBe(test ? 'true' : undefined);
		expect(jsonOf(await scene.run('agencyProposal', 'getAll'))).toHaveLength(kept);
	});

	it.each([
		['nothing', '={{ "" }}', /'Proposal' is empty Write the proposal/],
		['an empty object', '{}', /'Proposal' is empty/],
		['a list', '[1]', /'Proposal' is not a JSON object Write it as/],
		['broken JSON', '{"booked": tru', /'Proposal' is not a JSON object/],
	])('refuses %s before anything is sent', async (_, given, message) => {
		const run = await scene.run('agencyProposal', 'create', { proposal: given });
		expect(shownOf(run)).toMatch(message);
		expect(scene.sent()).toEqual([]);
	});

	it('shows what Concur misses', async () => {
		const run = await scene.run('agencyProposal', 'create', { proposal: '{"booked": true}' });
		expect(shownOf(run)).toMatch(
			/^Concur answered 400 missingRequiredField .+agencyProposalEntries/,
		);
	});

	describeRefusals({
		resource: 'agencyProposal',
		operation: 'create',
		scene: () => scene,
		parameters: () => ({ proposal: text }),
	});
});

describe('Agency Proposal: Get Many', () => {
	beforeEach(async () => {
		const more = JSON.stringify({ ...proposal, proposalOrder: 2 });
		await scene.run('agencyProposal', 'create', { proposal: text });
		await scene.run('agencyProposal', 'create', { proposal: more });
	});

	describeList({
		resource: 'agencyProposal',
		scene: () => scene,
		path: 'agencyproposals',
		namesUser: false,
		expected: () => [{ proposalOrder: 1 }, { proposalOrder: 2 }],
	});
	describeRefusals({
		resource: 'agencyProposal',
		operation: 'getAll',
		scene: () => scene,
		needsUser: false,
		isPrivate: false,
	});
});
