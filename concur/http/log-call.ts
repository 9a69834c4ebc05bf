import type { Clock } from '../clock';
import { ConcurError } from '../errors';
import type { Logger } from '../logger';

/** One exchange, as `debug` tells it: neither queries nor bodies, which name people. */
export interface LoggedCall {
	readonly method: string;
	readonly path: string;
	readonly attempt: number;
}

/** Makes a call and logs how it ended and how long it took. */
export async function logCall<T>(
	{ logger, clock }: { readonly logger: Logger; readonly clock: Pick<Clock, 'monotonicMs'> },
	{ method, path, attempt }: LoggedCall,
	call: () => Promise<T>,
	statusOf: (answer: T) => number,
): Promise<T> {
	const startMs = clock.monotonicMs();
	const log = (status: number | undefined, error?: ConcurError) => {
		const ms = Math.round(clock.monotonicMs() - startMs);
		const failure = error && { code: error.code, correlationId: error.correlationId };
		const outcome = status ?? error?.code ?? 'failed';
		logger.debug(
			{ method, path, status, ms, attempt, ...failure },
			`${method} ${path}: ${outcome}`,
		);
	};
	try {
		const answer = await call();
		log(statusOf(answer));
		return answer;
	} catch (error) {
		const known = error instanceof ConcurError ? error : undefined;
		log(known?.status, known);
		throw error;
	}
}
