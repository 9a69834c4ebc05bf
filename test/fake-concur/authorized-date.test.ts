import { startFake } from '../support/start-fake';

describe('The fake', () => {
	it('says in the details, and only there, when a request was approved', async () => {
		const { world, clock } = await startFake({
			requests: 0,
			now: new Date('2026-11-21T12:00:00Z'),
		});
		clock.freeze();
		const id = world.create({ name: 'Trip' });
		world.act(id, 'submit');
		expect(world.truth(id)?.request).not.toHaveProperty('authorizedDate');
		clock.advance(60_000);
		world.act(id, 'approve');
		expect(world.truth(id)?.request).toHaveProperty('authorizedDate', '2026-11-21T12:01:00.000Z');
		expect(world.truth(id)?.listItem).not.toHaveProperty('authorizedDate');
	});
});
