import type { PartitionState } from '../sinks/sink';
import { formatCount, formatSecond } from './format';
import { html, type Html } from './html';

/** What the target knows of the queue of connection requests; undefined where it is not exported. */
export function drawQueue(partitions: readonly PartitionState[]): Html | undefined {
	const queue = partitions.find(({ partition }) => partition.stream === 'connection-requests');
	if (!queue) return undefined;
	const { sightings = [], openReadAt } = queue;
	if (openReadAt === undefined) return html`<p>The queue has not been read to its end yet.</p>`;
	const waiting = sightings.filter(({ lastSeen }) => Date.parse(lastSeen) >= openReadAt * 1000);
	return html`<p>
		The queue was last read to its end at ${formatSecond(openReadAt)}.
		${formatCount(waiting.length)} waited in it then, of ${formatCount(sightings.length)} that were
		seen in the last 90 days.
	</p>`;
}
