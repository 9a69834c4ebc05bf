import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Space for new objects, in bytes, that serves an export well; more of it buys little speed. */
const ENOUGH = 8 * 1024 * 1024;

const LOOK_EVERY_MS = 20;

/**
 * Keeps V8 from growing its space for new objects for ever: a program that works steadily is given
 * some 100 MB of it, most of which is garbage waiting. Its maximum can only be set before the
 * process starts, but growth can be ended at any time. Measured: a third less memory for 200,000
 * rows, at less than a tenth more CPU.
 */
export function capNewSpace(): void {
	const timer = setInterval(() => {
		const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
		if (space && space.space_size < ENOUGH) return;
		setFlagsFromString('--semi-space-growth-factor=1');
		clearInterval(timer);
	}, LOOK_EVERY_MS);
	timer.unref();
}
