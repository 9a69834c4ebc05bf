import { Random } from '../random';
import type { Fault } from './fault';

interface ArmedFault {
	fault: Fault;
	seen: number;
	struck: number;
	/** Real times of the last second's calls, for `perSecond`. */
	recent: number[];
	random: Random;
}

/** The fault switches of a running fake; all may be changed at any time. */
export class Faults {
	/** Request ids whose detail always answers 500. */
	readonly poison = new Set<string>();
	/** Request ids whose detail answers 404 although lists still show them. */
	readonly missing = new Set<string>();
	/** Request ids that are deleted at the moment their detail is asked for. */
	readonly vanishing = new Set<string>();
	/** Request ids whose detail is padded to so many MiB and sent in chunks. */
	readonly huge = new Map<string, number>();
	/** After the geolocation move the home host answers token calls with code 16. */
	moved = false;
	private armed: ArmedFault[] = [];

	/** No faults yet; probabilities are drawn from the seed. */
	constructor(private readonly seed: number) {}

	/** The faults that are set. */
	get list(): Fault[] {
		return this.armed.map((each) => each.fault);
	}

	/** Adds a fault to those that are set. */
	add(fault: Fault): void {
		const random = new Random(this.seed, 601, this.armed.length);
		this.armed.push({ fault, seen: 0, struck: 0, recent: [], random });
	}

	/** Replaces all faults that are set. */
	set(...faults: Fault[]): void {
		this.armed = [];
		for (const fault of faults) this.add(fault);
	}

	/** Ends all faults, marked ids and the geolocation move included. */
	clear(): void {
		this.armed = [];
		this.poison.clear();
		this.missing.clear();
		this.vanishing.clear();
		this.huge.clear();
		this.moved = false;
	}

	/** How often the faults of a kind have struck. */
	struck(kind: Fault['kind']): number {
		return this.armed
			.filter((each) => each.fault.kind === kind)
			.reduce((sum, each) => sum + each.struck, 0);
	}

	/** The fault that strikes this call, if any; every fault in scope counts the call. */
	pick(method: string, path: string, isToken: boolean): Fault | undefined {
		let chosen: ArmedFault | undefined;
		for (const each of this.armed) {
			if (!inScope(each.fault, method, path, isToken)) continue;
			each.seen++;
			if (strikes(each) && !chosen) chosen = each;
		}
		if (chosen) chosen.struck++;
		return chosen?.fault;
	}
}

function inScope(fault: Fault, method: string, path: string, isToken: boolean): boolean {
	const scope = fault.scope ?? 'api';
	if (scope !== 'both' && (scope === 'token') !== isToken) return false;
	if (fault.method !== undefined && fault.method !== method) return false;
	return fault.path === undefined || new RegExp(fault.path).test(path);
}

function strikes(each: ArmedFault): boolean {
	const { fault } = each;
	if (fault.times !== undefined && each.struck >= fault.times) return false;
	if (fault.perSecond !== undefined) return exceeds(each, fault.perSecond);
	if (fault.calls) return fault.calls.includes(each.seen);
	return each.random.chance(fault.probability ?? 1);
}

function exceeds(each: ArmedFault, perSecond: number): boolean {
	const now = performance.now();
	each.recent = each.recent.filter((time) => now - time < 1000);
	if (each.recent.length >= perSecond) return true;
	each.recent.push(now);
	return false;
}
