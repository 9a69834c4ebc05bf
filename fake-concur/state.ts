import type { FakeClock } from './clock';
import type { Events } from './events/events';
import type { Faults } from './faults/faults';
import type { Tokens } from './http/tokens';
import type { FakeSettings } from './options';
import type { Quirks } from './quirks';
import type { ConnectionRequests } from './world/connection-requests';
import type { World } from './world/world';

/** One request the fake answered (or refused to). */
export interface CallRecord {
	/** Running number of the call, from 1. */
	number: number;
	/** Fake time of the call. */
	at: string;
	method: string;
	path: string;
	query: Record<string, string>;
	/** The userId parameter, if any. */
	userId: string | undefined;
	host: 'home' | 'moved';
	/** The status sent; 0 when the connection was broken instead. */
	status: number;
	/** The kind of the fault that was applied, if any. */
	fault: string | undefined;
}

/** A request that reached the foreign host: a client followed a link it should not have. */
export interface TrappedRequest {
	method: string;
	url: string;
	headers: Record<string, string | string[] | undefined>;
}

/** Everything the endpoints work on. */
export interface State {
	readonly settings: FakeSettings;
	readonly world: World;
	readonly clock: FakeClock;
	readonly faults: Faults;
	readonly quirks: Quirks;
	readonly tokens: Tokens;
	readonly connections: ConnectionRequests;
	readonly events: Events;
	/** Numbers the calls of both data centres. */
	readonly counter: { calls: number };
	readonly calls: CallRecord[];
	readonly trapped: TrappedRequest[];
}
