// The short names of Node's modules: old versions do not know the long ones.
import { existsSync, readFileSync } from 'fs';
import { join } from 'path';

/** Whether a version of Node is older than a range such as `>=22.19` allows. */
export function isOlderThan(range: string, version: string): boolean {
	const [, least] = /^>=(\d+(?:\.\d+)*)$/.exec(range) || [];
	if (least === undefined) return false;
	const found = version.split('.').map(Number);
	for (const [place, wanted] of least.split('.').map(Number).entries()) {
		const difference = (found[place] || 0) - wanted;
		if (difference !== 0) return difference < 0;
	}
	return false;
}

/** The range of Node versions that the package's own description names; '' where it is not there. */
export function readNodeRange(): string {
	const file = ['../../..', '../..']
		.map((root) => join(__dirname, root, 'package.json'))
		.find((path) => existsSync(path));
	if (file === undefined) return '';
	const range = memberOf(memberOf(JSON.parse(readFileSync(file, 'utf8')), 'engines'), 'node');
	return typeof range === 'string' ? range : '';
}

function memberOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
