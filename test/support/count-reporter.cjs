const { writeSync } = require('node:fs');

/** Ends the run with one plain line, so that a log shows at its end what was run. */
module.exports = class CountReporter {
	onRunComplete(_contexts, results) {
		const { numPassedTests: passed, numFailedTests, numPendingTests: skipped } = results;
		const failed = numFailedTests + results.numRuntimeErrorTestSuites;
		// Jest prints its own summary late; only what is written at the exit stands below it.
		process.once('exit', () =>
			writeSync(1, `\n${passed} passed, ${failed} failed, ${skipped} skipped\n`),
		);
	}
};
