import { selectAll } from '../../../pipelines/sinks/singer/selection';
import { createSingerSink } from '../../../pipelines/sinks/singer/singer-sink';
import { readState } from '../../../pipelines/sinks/singer/singer-state';
import { batch, overlap, run, runRecord, thin } from './batches';
import { TapOutput } from './singer-output';
import { describeTargets } from './target-kinds';

describeTargets('what a target remembers of itself', (newTarget) => {
	test('is stored with the batch that brings it, and the latest value counts', async () => {
		const { sink } = newTarget();
		await run(
			sink,
			batch([thin('1')], { facts: { company: 'A', extracted_at: '1' } }),
			batch([thin('2')], { facts: { extracted_at: '2' } }),
			batch([thin('3')]),
		);
		const session = await sink.open({ overlap });
		expect(session.facts).toEqual({ company: 'A', extracted_at: '2' });
		await session.reset(['travel-requests']);
		await session.write(batch([thin('4')], { facts: { extracted_at: '3' } }));
		expect(session.facts).toEqual({ company: 'A', extracted_at: '3' });
		await session.finish(runRecord(session.runId));
		expect((await sink.inspect())?.facts).toEqual({ company: 'A', extracted_at: '3' });
	});

	test('is nothing in a target of the first layout', async () => {
		const target = newTarget();
		await target.makeOld();
		expect((await target.sink.inspect())?.facts).toEqual({});
		const session = await target.sink.open({ overlap });
		expect(session.facts).toEqual({});
		await session.abandon();
	});
});

test('a Singer STATE carries what its target remembers', async () => {
	const output = new TapOutput();
	const session = await createSingerSink({ output }).open({ overlap });
	await session.write(batch([thin('1')], { facts: { company: 'A' } }));
	await session.finish(runRecord(session.runId));
	const last: unknown = JSON.parse(output.text.trim().split('\n').at(-1) ?? '');
	const state = readState(last, selectAll(), 'full');
	expect(state.facts).toEqual({ company: 'A' });
});
