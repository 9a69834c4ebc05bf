// Runs a TypeScript module in a plain Node process: `node run-typescript.cjs MODULE ARGUMENTS…`.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { transformSync } = require('@swc/core');

Module._extensions['.ts'] = (module, filename) => {
	const { code } = transformSync(readFileSync(filename, 'utf8'), {
		filename,
		jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
		module: { type: 'commonjs' },
	});
	module._compile(code, filename);
};

const script = require('node:path').resolve(process.argv[2]);
process.argv.splice(1, 2, script);
require(script);
