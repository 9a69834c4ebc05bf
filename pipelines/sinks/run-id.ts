import { randomBytes } from 'node:crypto';

const shape = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z-[0-9a-f]{4}$/;

/**
 * A run id such as `20261121T164142123Z-4f2a`, greater as text than `last`, also when the clock
 * has been set back.
 */
export function makeRunId(last: string | undefined, now: Date = new Date()): string {
	const before = last === undefined ? undefined : readRunTime(last);
	const time = before !== undefined && now.getTime() <= before ? new Date(before + 1) : now;
	return `${time.toISOString().replace(/[-:.]/g, '')}-${randomBytes(2).toString('hex')}`;
}

/** When a run id says its run began, in milliseconds; undefined when it is no run id. */
export function readRunTime(runId: string): number | undefined {
	const match = shape.exec(runId);
	if (!match) return undefined;
	const [, year, month, day, hour, minute, second, millisecond] = match;
	const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`);
	return Number.isNaN(time) ? undefined : time;
}
