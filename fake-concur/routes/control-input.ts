import { faultKinds, type Fault } from '../faults/fault';
import { Refusal } from '../http/answer';
import { isObject, type JsonObject, type JsonValue } from '../json';
import type { Quirks } from '../quirks';
import type { ChangePlan } from '../world/schedule';

/** A change plan out of a control call. */
export function changePlanFrom(body: JsonObject): ChangePlan {
	const plan: ChangePlan = {};
	for (const name of [
		'edits',
		'creates',
		'deletes',
		'everyCalls',
		'everyMs',
		'atCall',
		'times',
	] as const) {
		const value = body[name];
		if (typeof value === 'number') plan[name] = value;
	}
	if (body['on'] === 'any' || body['on'] === 'list') plan.on = body['on'];
	return plan;
}

/** A fault out of a control call. */
export function faultFrom(value: JsonValue): Fault {
	const kind = isObject(value) ? faultKinds.find((each) => each === value['kind']) : undefined;
	if (!isObject(value) || !kind) {
		throw new Refusal(400, '-', `a fault needs one of the kinds ${faultKinds.join(', ')}`);
	}
	const fault: Fault = { kind };
	for (const name of [
		'probability',
		'times',
		'perSecond',
		'dateAheadSeconds',
		'status',
		'megabytes',
	] as const) {
		const member = value[name];
		if (typeof member === 'number') fault[name] = member;
	}
	for (const name of ['path', 'method', 'code'] as const) {
		const member = value[name];
		if (typeof member === 'string') fault[name] = member;
	}
	const { calls, scope, retryAfter } = value;
	if (Array.isArray(calls)) fault.calls = calls.filter((each) => typeof each === 'number');
	if (scope === 'api' || scope === 'token' || scope === 'both') fault.scope = scope;
	if (typeof retryAfter === 'number' || retryAfter === 'date' || retryAfter === 'none') {
		fault.retryAfter = retryAfter;
	}
	return fault;
}

/** The known quirks out of a control call, each of the type it has now. */
export function quirksFrom(body: JsonObject, now: Quirks): JsonObject {
	const known = new Map<string, string>(Object.entries(now).map(([name, v]) => [name, typeof v]));
	const wanted: JsonObject = {};
	for (const [name, value] of Object.entries(body)) {
		const fits = known.get(name) === typeof value || name === 'ignoreLimit';
		if (!fits) throw new Refusal(400, '-', `no quirk ${name} of that type`);
		wanted[name] = value;
	}
	return wanted;
}
