const { dest, parallel, src } = require('gulp');

/** What is read beside the compiled code: n8n's icons and codex files, the fake's examples. */
const copyIcons = () =>
	src(['nodes/**/*.{png,svg}', 'credentials/**/*.{png,svg}'], {
		base: '.',
		allowEmpty: true,
		encoding: false,
	}).pipe(dest('dist'));
const copyCodex = () =>
	src('nodes/**/*.node.json', { base: '.', allowEmpty: true }).pipe(dest('dist'));

const copyExamples = () =>
	src('fake-concur/documented/*.json', { base: '.', encoding: false }).pipe(dest('dist'));

exports.default = parallel(copyIcons, copyCodex, copyExamples);
