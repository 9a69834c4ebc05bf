import type { INodeParameters } from 'n8n-workflow';
import { openEventScene } from '../../support/n8n/event-scene';
import { emitted, openTriggerScene } from '../../support/n8n/trigger-scene';

/** The triggers read their parameters as the node does: as what they mean, or not at all. */

async function watch(parameters: INodeParameters, step?: 'submit') {
	const scene = await openTriggerScene('durable', parameters, { requests: 0 });
	await scene.poller.poll();
	scene.pass(1);
	const id = scene.fake.world.create({ name: 'Trip' });
	if (step) scene.fake.world.act(id, step);
	scene.pass(60);
	return { items: emitted(await scene.poller.poll()), calls: scene.fake.calls };
}

describe('The polling trigger', () => {
	it.each<[string, INodeParameters]>([
		['a status by its title', { statuses: ['Not Submitted'] }],
		['statuses as JSON', { statuses: '={{ \'["NOT_SUBMITTED", "APPROVED"]\' }}' }],
	])('waits for %s', async (_, parameters) => {
		const { items } = await watch({ event: 'statusChanged', view: 'ALL', ...parameters });
		expect(items).toMatchObject([{ name: 'Trip', status: 'NOT_SUBMITTED' }]);
	});

	it('takes a view by its title, and a switch as text', async () => {
		const parameters = { view: '={{ "to approve" }}', simplify: '={{ "true" }}' };
		const { items, calls } = await watch({ event: 'requestChanged', ...parameters }, 'submit');
		const views = calls.flatMap(({ query }) => query['view'] ?? []);
		expect(new Set(views)).toEqual(new Set(['TOAPPROVE']));
		expect(items).toMatchObject([{ name: 'Trip', status: 'SUBMITTED' }]);
	});

	it.each<[string, INodeParameters, string]>([
		['statuses', { statuses: '={{ ({ a: 1 }) }}' }, "'New Statuses' holds something that is no"],
		['a view', { view: '={{ "mine" }}' }, "'View' has a value that is not offered"],
		['a user', { userId: '={{ ({ id: "x" }) }}' }, "'User' is not an ID"],
		['a switch', { simplify: '={{ "perhaps" }}' }, "'Simplify' is neither true nor false"],
		[
			'a kind of sign-in',
			{ authentication: '={{ "someone" }}' },
			"'Authentication' has a value that is not offered",
		],
	])('refuses %s that means nothing', async (_, parameters, message) => {
		await expect(watch({ event: 'statusChanged', view: 'ALL', ...parameters })).rejects.toThrow(
			`The parameter ${message}`,
		);
	});
});

describe('The event trigger', () => {
	it.each<[string, INodeParameters]>([
		['by its title', { statusChanges: ['Approved'] }],
		['as one text', { statusChanges: '={{ "approved" }}' }],
		['as JSON', { statusChanges: '={{ \'["APPROVED"]\' }}' }],
	])('subscribes to a change %s, and to no other', async (_, parameters) => {
		const { bench, fake } = await openEventScene(parameters);
		await bench.activate();
		expect([...fake.events.subscriptions.values()]).toMatchObject([
			{ filter: String.raw`^statusChange\.(APPROVED)$` },
		]);
	});

	it.each<[string, INodeParameters, string]>([
		[
			'changes',
			{ statusChanges: ['nonsense'] },
			"'Status Changes' has a value that is not offered",
		],
		['changes', { statusChanges: '={{ ({ a: 1 }) }}' }, "'Status Changes' has a value that is"],
		['a switch', { verifySignature: 'perhaps' }, "'Verify Signature' is neither true nor false"],
		[
			'an algorithm',
			{ options: { signatureAlgorithm: '={{ "MD5" }}' } },
			"'Signature Algorithm' has a value that is not offered",
		],
	])('subscribes to nothing with %s that means nothing', async (_, parameters, message) => {
		const { bench, fake } = await openEventScene(parameters);
		await expect(bench.activate()).rejects.toThrow(`The parameter ${message}`);
		expect([...fake.events.subscriptions.values()]).toEqual([]);
	});
});
