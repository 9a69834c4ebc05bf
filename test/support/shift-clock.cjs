'use strict';

/**
 * Loaded with `--require` or NODE_OPTIONS: moves the clock of a process by so many milliseconds as
 * TEST_CLOCK_SHIFT_MS says. The monotonic clock stays.
 */
const shift = Number(process.env.TEST_CLOCK_SHIFT_MS ?? 0);
const RealDate = Date;

class ShiftedDate extends RealDate {
	constructor(...args) {
		if (args.length === 0) super(RealDate.now() + shift);
		else super(...args);
	}

	static now() {
		return RealDate.now() + shift;
	}
}

if (shift !== 0) globalThis.Date = ShiftedDate;
