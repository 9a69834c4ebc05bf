// Preloaded into a command under test: pauses between tries take no time. Deadlines of more than a
// minute stay as they are, and so does what waits for less than a fifth of a second anyway.
const { setTimeout: wait } = globalThis;

globalThis.setTimeout = Object.assign(
	(work, ms, ...args) => wait(work, ms >= 200 && ms <= 65_000 ? 5 : ms, ...args),
	wait,
);
