import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What one process measured of itself, its start and its imports left out. */
export const measurementSchema = z.object({
	rows: z.number(),
	/** User and system time, all threads. */
	cpuMs: z.number(),
	wallMs: z.number(),
	/** The most memory that the process ever held, its start included. */
	peakMiB: z.number(),
	/** HTTP calls to Concur's API. */
	calls: z.number(),
});

export type Measurement = z.infer<typeof measurementSchema>;

/** What is to be measured: times it, and says how much it did. */
export type Work = () => Promise<{ readonly rows: number; readonly calls?: number }>;

export async function measure(work: Work): Promise<Measurement> {
	const before = process.cpuUsage();
	const begun = performance.now();
	const { rows, calls = 0 } = await work();
	const wallMs = performance.now() - begun;
	const { user, system } = process.cpuUsage(before);
	return {
		rows,
		calls,
		wallMs,
		cpuMs: (user + system) / 1000,
		peakMiB: readPeakKiB() / 1024,
	};
}

/** Linux lets a process begin with the peak of the one that started it, as far as maxRSS goes. */
function readPeakKiB(): number {
	if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
	const [, peak] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
	return Number(peak);
}
