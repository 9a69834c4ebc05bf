import { answer, Refusal, type Answer, type Call } from '../http/answer';
import type { Route } from '../http/router';
import { isObject, parseJson, type JsonObject, type JsonValue } from '../json';
import type { State } from '../state';
import { changePlanFrom, faultFrom, quirksFrom } from './control-input';

/** Endpoints by which a person or another process drives the fake. */
export const controlRoutes: Route[] = [
	control('GET', 'state', showState),
	control('GET', 'calls', showCalls),
	control('POST', 'clock', moveClock),
	control('POST', 'change', changeNow),
	control('POST', 'schedule', schedule),
	control('POST', 'faults', setFaults),
	control('POST', 'quirks', setQuirks),
];

function control(method: string, name: string, handle: Route['handle']): Route {
	return { family: 'control', method, path: `/_fake/${name}`, handle };
}

/** Counts, clock, faults; secrets only when asked for. */
function showState(call: Call, state: State): Answer {
	const { world, clock, faults, quirks, tokens, connections, calls, trapped } = state;
	const wantsSecrets = call.query.get('secrets') === 'true';
	return answer({
		clock: clock.now().toISOString(),
		users: world.users.map(({ id, loginId }) => ({ id, loginId })),
		requests: world.livingRequests,
		touched: world.touched.size,
		connectionRequests: connections.all.map(({ id, state: status, puts, emailsSent, final }) => ({
			id,
			status,
			puts,
			emailsSent,
			final,
		})),
		calls: calls.length,
		trapped: trapped.length,
		faults: faults.list.map((fault) => ({ ...fault })),
		moved: faults.moved,
		poison: [...faults.poison],
		missing: [...faults.missing],
		quirks: { ...quirks },
		hosts: { ...world.hosts },
		...(wantsSecrets
			? { secrets: tokens.secrets(), credentials: { ...state.settings.credentials } }
			: {}),
	});
}

/** The last calls, newest last; `last` limits their number (default 100). */
function showCalls(call: Call, state: State): Answer {
	const last = Number(call.query.get('last') ?? 100);
	const shown = state.calls.slice(-last);
	return answer(
		shown.map((each) => ({ ...each, userId: each.userId ?? null, fault: each.fault ?? null })),
	);
}

/** {"advanceMs": n}, {"set": ISO time} {"stepPerCallMs": n} or {"frozen": true}. */
function moveClock(call: Call, state: State): Answer {
	const { advanceMs, set, stepPerCallMs, frozen } = read(call);
	if (typeof advanceMs === 'number') state.clock.advance(advanceMs);
	if (typeof set === 'string') {
		const time = new Date(set);
		if (Number.isNaN(time.getTime())) throw new Refusal(400, '-', 'set is not a date');
		state.clock.set(time);
	}
	if (frozen === true) state.clock.freeze();
	if (frozen === false) state.clock.resume();
	if (typeof stepPerCallMs === 'number') state.clock.stepPerCallMs = stepPerCallMs;
	return answer({ clock: state.clock.now().toISOString() });
}

/** {"edits", "creates", "deletes"}: random changes now; answers the ids. */
function changeNow(call: Call, state: State): Answer {
	const { edits, creates, deletes } = changePlanFrom(read(call));
	const plan = { edits: edits ?? 0, creates: creates ?? 0, deletes: deletes ?? 0 };
	const { touched, created, deleted } = state.world.schedule(plan);
	return answer({ touched: [...touched], created: [...created], deleted: [...deleted] });
}

/** A change plan, as {@link changeNow} with everyCalls, everyMs, atCall, on, times. */
function schedule(call: Call, state: State): Answer {
	state.world.schedule(changePlanFrom(read(call)));
	return answer({ scheduled: true });
}

/** {"set": [faults]}, {"clear": true}, {"poison": [ids]}, {"missing": [ids]}, {"moved": true}. */
function setFaults(call: Call, state: State): Answer {
	const { faults } = state;
	const body = read(call);
	if (body['clear'] === true) faults.clear();
	if (Array.isArray(body['set'])) faults.set(...body['set'].map(faultFrom));
	for (const name of ['poison', 'missing'] as const) {
		const ids = body[name];
		if (Array.isArray(ids)) for (const id of ids.filter(isText)) faults[name].add(id);
	}
	if (typeof body['moved'] === 'boolean') faults.moved = body['moved'];
	return answer({ faults: faults.list.map((fault) => ({ ...fault })), moved: faults.moved });
}

/** Any of the quirks by name. */
function setQuirks(call: Call, state: State): Answer {
	Object.assign(state.quirks, quirksFrom(read(call), state.quirks));
	return answer({ ...state.quirks });
}

function read(call: Call): JsonObject {
	try {
		const body = parseJson(call.body || '{}');
		if (isObject(body)) return body;
	} catch {
		// Falls through to the refusal.
	}
	throw new Refusal(400, '-', 'the body must be a JSON object');
}

function isText(value: JsonValue): value is string {
	return typeof value === 'string';
}
