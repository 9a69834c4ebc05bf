import { selectAll, type Selection } from '../../../pipelines/sinks/singer/selection';
import { createSingerSink } from '../../../pipelines/sinks/singer/singer-sink';
import { readState } from '../../../pipelines/sinks/singer/singer-state';
import { streamNames, type StreamName } from '../../../pipelines/sinks/sink';
import { tablesOf } from '../../../pipelines/tables/catalog';
import { exportOnce } from '../../support/export-once';
import { HOUR, startQueue, TABLE } from '../connections/scene';
import { TapOutput } from './singer-output';
import { SingerLoader } from './singer-reader';

const travelOnly: Selection = new Map(
	[...selectAll()].filter(([name]) => name === 'travel_requests'),
);

async function scene() {
	const fake = await startQueue(12);
	const loader = new SingerLoader();
	const run = async (streams: readonly StreamName[], selection: Selection = selectAll()) => {
		const output = new TapOutput();
		const start = readState(loader.state, selection, 'full');
		const sink = createSingerSink({ output, selection, start });
		const summary = await exportOnce(fake, sink, { streams, detail: 'full' });
		loader.read(output.text);
		return summary;
	};
	const streamsIn = (bookmark: string) => {
		const start = readState(
			loader.state,
			new Map([...selectAll()].filter(([n]) => n === bookmark)),
			'full',
		);
		return start.partitions.map(({ partition }) => partition.stream);
	};
	return { fake, loader, run, streamsIn };
}

test('each stream has its own state, and one that is not exported has none', async () => {
	const { loader, run, streamsIn } = await scene();
	await run(['travel-requests']);
	const names = tablesOf('travel-requests').map(({ name }) => name);
	expect(Object.keys(loader.state.bookmarks)).toEqual(names);
	await run(streamNames);
	expect(Object.keys(loader.state.bookmarks)).toEqual([...names, TABLE]);
	expect(streamsIn('travel_requests')).toEqual(['travel-requests']);
	expect(streamsIn(TABLE)).toEqual(['connection-requests']);
	const { [TABLE]: _queue, ...travel } = loader.state.bookmarks;
	expect(JSON.stringify(travel)).not.toContain('sightings');
});

test('a stream that is selected later begins anew, and the others go on', async () => {
	const { loader, run } = await scene();
	await run(['travel-requests']);
	const { partitions } = readState(loader.state, selectAll(), 'full');
	expect(partitions.map(({ partition }) => partition.stream)).toEqual(['travel-requests']);
	await run(streamNames, travelOnly);
	expect(Object.keys(loader.state.bookmarks)).toEqual(['travel_requests']);
	expect(loader.rows(TABLE)).toEqual([]);
});

test('a queue that cannot be read keeps its state', async () => {
	const { fake, loader, run, streamsIn } = await scene();
	await run(streamNames);
	const before = loader.state.bookmarks[TABLE]?.partitions;
	fake.clock.advance(HOUR);
	fake.faults.set({ kind: 'serverError', status: 403, path: 'connectionrequests' });
	expect(await run(streamNames)).toMatchObject({ status: 'incomplete' });
	expect(streamsIn(TABLE)).toEqual(['connection-requests']);
	expect(loader.state.bookmarks[TABLE]?.partitions).toEqual(before);
});
