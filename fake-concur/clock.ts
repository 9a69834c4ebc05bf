/** The fake's clock: starts at a given time, runs with real time from there, and can be moved. */
export class FakeClock {
	/** The clock jumps ahead by this many milliseconds at every call the fake answers. */
	stepPerCallMs = 0;
	private offsetMs: number;
	private frozenAt: number | undefined;

	/** Starts the clock. */
	constructor(start: Date = new Date()) {
		this.offsetMs = start.getTime() - Date.now();
	}

	/** The fake's present. */
	now(): Date {
		return new Date((this.frozenAt ?? Date.now()) + this.offsetMs);
	}

	/** Moves the clock by some milliseconds (back, when negative). */
	advance(ms: number): void {
		this.offsetMs += ms;
	}

	/** Moves the clock to a time; it runs on from there unless it is frozen. */
	set(time: Date): void {
		this.offsetMs = time.getTime() - (this.frozenAt ?? Date.now());
	}

	/** Stops the clock: it then moves only by {@link advance}, {@link set} and {@link stepPerCallMs}. */
	freeze(): void {
		this.frozenAt ??= Date.now();
	}

	/** Lets a frozen clock run on from where it stands. */
	resume(): void {
		const present = this.now();
		this.frozenAt = undefined;
		this.set(present);
	}
}
