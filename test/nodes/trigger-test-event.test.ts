import { emitted, openTriggerScene } from '../support/n8n/trigger-scene';

describe('Fetch Test Event', () => {
	it.each([0, 1, 4, 300])(
		'shows the request that changed last, beside %d others',
		async (requests) => {
			const parameters = { event: 'requestChanged', view: 'ALL' };
			const { fake, poller, pass } = await openTriggerScene('memory', parameters, { requests });
			const latest = fake.world.create({ name: 'Latest' });
			pass(3 * 86_400);
			expect(emitted(await poller.fetchTestEvent())).toMatchObject([
				{ id: latest, name: 'Latest' },
			]);
		},
	);

	it('leaves a running watch alone', async () => {
		const { fake, poller, pass } = await openTriggerScene('memory', {
			event: 'requestChanged',
			view: 'ALL',
		});
		await poller.poll();
		pass(1);
		const id = fake.world.create({ name: 'Trip' });
		pass(60);
		expect(emitted(await poller.fetchTestEvent())).toMatchObject([{ id }]);
		expect(emitted(await poller.poll())).toMatchObject([{ id }]);
	});

	it('shows one with a status that is chosen', async () => {
		const parameters = { event: 'statusChanged', view: 'ALL', statuses: ['SUBMITTED'] };
		const { fake, poller, pass } = await openTriggerScene('memory', parameters, { requests: 0 });
		const submitted = fake.world.create({ name: 'Submitted' });
		fake.world.act(submitted, 'submit');
		pass(1);
		fake.world.create({ name: 'Draft' });
		expect(emitted(await poller.fetchTestEvent())).toMatchObject([
			{ id: submitted, previousStatus: null, status: 'SUBMITTED' },
		]);
	});

	it('shows one connection request that waits', async () => {
		const parameters = { event: 'newConnectionRequest', version: '3.2' };
		const options = { connectionRequests: 7 };
		const { fake, poller } = await openTriggerScene('memory', parameters, options);
		const newest = fake.connections.all.at(-1)?.id;
		expect(emitted(await poller.fetchTestEvent())).toMatchObject([{ id: newest }]);
	});

	it.each([
		[{ event: 'requestChanged', view: 'ALL' }, /View/],
		[{ event: 'statusChanged', view: 'ALL' }, /View/],
		[{ event: 'newConnectionRequest', version: '3.2' }, /Create/],
	])('says what to do where there is nothing to show: %j', async (parameters, advice) => {
		const { poller } = await openTriggerScene('memory', parameters, { requests: 0 });
		await expect(poller.fetchTestEvent()).rejects.toMatchObject({
			message: 'There is nothing to show as an example',
			description: expect.stringMatching(advice),
		});
	});
});
