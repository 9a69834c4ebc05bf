import { join } from 'node:path';

const FILE = join(__dirname, 'shift-clock.cjs');

/** The environment in which a command's clock is off by so many milliseconds; empty where by little. */
export function shiftedClock(ms: number): Record<string, string> {
	if (Math.abs(ms) < 1000) return {};
	return { NODE_OPTIONS: `--require ${FILE}`, TEST_CLOCK_SHIFT_MS: String(Math.round(ms)) };
}
