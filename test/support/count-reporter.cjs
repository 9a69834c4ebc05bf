/** Ends the run with one plain line, so that a log shows at its end what was run. */
module.exports = class CountReporter {
	onRunComplete(_contexts, results) {
		const { numPassedTests: passed, numFailedTests, numPendingTests: skipped } = results;
		const failed = numFailedTests + results.numRuntimeErrorTestSuites;
		process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
	}
};
