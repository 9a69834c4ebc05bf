import { ConfigurationError } from '../../concur/errors';
import type { RunRecord, Sink } from '../sinks/sink';

/** The runs that a target remembers, newest first; none where it keeps nothing itself (Singer). */
export async function readRuns(sink: Sink): Promise<readonly RunRecord[]> {
	try {
		return (await sink.inspect())?.runs ?? [];
	} catch (error) {
		if (error instanceof ConfigurationError && error.code === 'TARGET_KEEPS_NOTHING') return [];
		throw error;
	}
}
