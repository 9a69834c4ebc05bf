const { writeFileSync } = require('node:fs');

/** Loaded before a command: leaves its peak resident memory, in KiB, in a file when it ends. */
process.on('exit', () => {
	writeFileSync(process.env.PEAK_MEMORY_FILE, String(process.resourceUsage().maxRSS));
});
