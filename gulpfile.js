const { dest, parallel, src } = require('gulp');

/** What n8n reads beside the compiled code: icons, and the codex file of each node. */
const copyIcons = () =>
	src(['nodes/**/*.{png,svg}', 'credentials/**/*.{png,svg}'], {
		base: '.',
		allowEmpty: true,
		encoding: false,
	}).pipe(dest('dist'));
const copyCodex = () =>
	src('nodes/**/*.node.json', { base: '.', allowEmpty: true }).pipe(dest('dist'));

exports.default = parallel(copyIcons, copyCodex);
