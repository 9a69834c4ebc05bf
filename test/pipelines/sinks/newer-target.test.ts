import { selectAll } from '../../../pipelines/sinks/singer/selection';
import { readState, writeState } from '../../../pipelines/sinks/singer/singer-state';
import { batch, overlap, run, thin } from './batches';
import { describeTargets } from './target-kinds';

describeTargets('a target of a newer version of the package', (newTarget) => {
	test('is refused, and stays as it is to the last byte', async () => {
		const { sink, makeNewer, snapshot } = newTarget();
		await run(sink, batch([thin('1')]));
		await makeNewer();
		const before = await snapshot();
		const newer = {
			code: 'TARGET_NEWER',
			message: expect.stringContaining('99'),
			advice: expect.stringContaining('Update'),
		};
		await expect(sink.open({ overlap })).rejects.toMatchObject(newer);
		await expect(sink.inspect()).rejects.toMatchObject(newer);
		expect(await snapshot()).toEqual(before);
	});
});

test('a Singer STATE of a newer version of the package is refused', () => {
	const state = writeState({ sequence: 1, runId: 'r', partitions: [], facts: {} }, selectAll());
	const newer: unknown = JSON.parse(
		JSON.stringify(state).replaceAll(/"version":\d+/g, '"version":99'),
	);
	expect(() => readState(newer, selectAll(), 'full')).toThrow(
		expect.objectContaining({
			name: 'ConfigurationError',
			code: 'STATE_NEWER',
		}),
	);
});
