import { ConfigurationError } from '../../concur/errors';
import type { Sink } from '../sinks/sink';

export function missingTarget(sink: Sink): ConfigurationError {
	return new ConfigurationError('TARGET_MISSING', `${sink.target} does not exist yet.`, {
		advice: 'Run an export to it first.',
	});
}
