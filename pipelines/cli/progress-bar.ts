import { Presets, SingleBar } from 'cli-progress';
import type { ExportProgress } from '../run/run-export';

export interface ProgressBar {
	show(progress: ExportProgress): void;
	stop(): void;
}

/** A bar on stderr where stderr is a terminal; nothing elsewhere, so that logs stay clean. */
export function createProgressBar(): ProgressBar {
	if (!process.stderr.isTTY) return { show: () => undefined, stop: () => undefined };
	const bar = new SingleBar(
		{
			format: '{bar} {value}/{total} windows | {rows} rows | {calls} calls | {duration_formatted}',
			stream: process.stderr,
			clearOnComplete: true,
			hideCursor: true,
		},
		Presets.rect,
	);
	let started = false;
	return {
		show({ windowsClosed, windowsQueued, rows, calls }) {
			const total = windowsClosed + windowsQueued;
			if (!started) bar.start(total, windowsClosed, { rows, calls });
			started = true;
			bar.setTotal(total);
			bar.update(windowsClosed, { rows, calls });
		},
		stop: () => bar.stop(),
	};
}
