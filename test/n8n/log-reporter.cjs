const { existsSync, readFileSync } = require('node:fs');

/** Shows the end of n8n's log when a test failed: the cause of an error often stands only there. */
module.exports = class LogReporter {
	onRunComplete(_contexts, { numFailedTests, numRuntimeErrorTestSuites }) {
		const file = process.env.TEST_N8N_LOG;
		if (numFailedTests + numRuntimeErrorTestSuites === 0 || !file || !existsSync(file)) return;
		const tail = readFileSync(file, 'utf8').split('\n').slice(-80).join('\n');
		process.stderr.write(`\nThe end of n8n's log:\n${tail}\n`);
	}
};
