import type { State } from '../state';
import type { Answer, Call } from './answer';

/** Which family an endpoint belongs to: it decides on tokens and on how errors look. */
export type Family = 'token' | 'travelRequest' | 'connections' | 'identity' | 'events' | 'control';

/** One endpoint. */
export interface Route {
	family: Family;
	method: string;
	/** Path with `{placeholders}`. */
	path: string;
	/** Schedules count calls of this endpoint as list calls. */
	isList?: boolean;
	handle(call: Call, state: State): Answer | Promise<Answer>;
}

/** A route that matches a call, with the values of its placeholders. */
export interface Match {
	route: Route;
	params: Record<string, string>;
}

/** Finds the route of a call by method and path; a slash at the end does not matter. */
export class Router {
	private readonly compiled: { route: Route; pattern: RegExp; names: string[] }[];

	/** Routes are tried in order. */
	constructor(readonly routes: readonly Route[]) {
		this.compiled = routes.map((route) => {
			const names = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
			const source = route.path.replace(/\./g, '\\.').replace(/\{\w+\}/g, '([^/]+)');
			return { route, names, pattern: new RegExp(`^${source}/?$`) };
		});
	}

	/** The route for a call, or undefined. */
	match(method: string, path: string): Match | undefined {
		for (const { route, pattern, names } of this.compiled) {
			const found = route.method === method ? pattern.exec(path) : null;
			if (!found) continue;
			const values = names.map((name, n): [string, string] => [name, decode(found[n + 1] ?? '')]);
			return { route, params: Object.fromEntries(values) };
		}
		return undefined;
	}

	/** The methods a known path allows; empty for an unknown path. */
	methodsOf(path: string): string[] {
		return this.compiled.filter((each) => each.pattern.test(path)).map((each) => each.route.method);
	}
}

/** A placeholder's value; one that is not valid percent encoding stands for itself. */
function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
