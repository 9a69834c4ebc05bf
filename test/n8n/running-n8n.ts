import type { RunningN8n } from './start-n8n';

let running: RunningN8n | undefined;

/** The run's one n8n, kept from its start to its end. */
export function setRunning(n8n: RunningN8n): void {
	running = n8n;
}

export async function stopRunning(): Promise<void> {
	await running?.stop();
	running = undefined;
}
