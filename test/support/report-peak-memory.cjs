const { readFileSync, writeFileSync } = require('node:fs');

/**
 * Peak resident memory in KiB. Not maxRSS where Linux can tell better: there a process begins with
 * the peak of the one that started it, which may be a large test worker.
 */
function readPeak() {
	if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
	return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
}

/** Loaded before a command: leaves its peak in a file when it ends. */
process.on('exit', () => {
	writeFileSync(process.env.PEAK_MEMORY_FILE, String(readPeak()));
});
