import { createServer, type Server } from 'node:http';
import { FakeClock } from './clock';
import { Events } from './events/events';
import { makeStatusEvent } from './events/status-event';
import { Faults } from './faults/faults';
import { createListener } from './http/listener';
import { Router } from './http/router';
import { Tokens } from './http/tokens';
import { completeOptions, type FakeConcurOptions, type FakeCredentials } from './options';
import { defaultQuirks, type Quirks } from './quirks';
import { Random } from './random';
import { allRoutes } from './routes/all';
import type { CallRecord, State, TrappedRequest } from './state';
import { ConnectionRequests } from './world/connection-requests';
import { World } from './world/world';

export { Random };
export type { EventDelivery, EventSubscription } from './events/events';
export type { FakeSigning } from './events/signing';
export type { Fault, FaultKind } from './faults/fault';
export type { JsonObject, JsonValue } from './json';
export type { FakeConcurOptions, FakeCredentials } from './options';
export type { Quirks } from './quirks';
export type { CallRecord, TrappedRequest } from './state';
export type { ConnectionRequest } from './world/connection-requests';
export type { RequestTruth } from './world/records';
export type { ChangePlan, ScheduledChanges } from './world/schedule';
export type { User } from './world/users';
export type { FakeClock, Faults, World, ConnectionRequests, Events };

/** A running fake Concur. */
export interface FakeConcur {
	/** The home data centre: `http://127.0.0.1:PORT`. */
	readonly baseUrl: string;
	/** Another data centre of the same world, to which `faults.moved` sends clients. */
	readonly movedUrl: string;
	/** A foreign host: requests that reach it are recorded in `trapped`. */
	readonly trapUrl: string;
	/** What a client needs to log in. */
	readonly credentials: FakeCredentials;
	/** Users, travel requests and all that can happen to them. */
	readonly world: World;
	/** The queue of connection requests, with its counters of PUTs and e-mails. */
	readonly connections: ConnectionRequests;
	/** The Event Subscription Service: subscriptions, the public key, and all deliveries. */
	readonly events: Events;
	readonly clock: FakeClock;
	readonly faults: Faults;
	/** Switches for the shape of answers. */
	readonly quirks: Quirks;
	/** Every call, the last 200,000; may be emptied (`calls.length = 0`). */
	readonly calls: CallRecord[];
	readonly trapped: TrappedRequest[];
	/** Every secret configured or issued so far, for searching leaks. */
	secrets(): string[];
	/** Kills all access tokens at once, as a revocation would. */
	revokeAccess(): void;
	close(): Promise<void>;
}

/**
 * Starts a fake SAP Concur on loopback.
 *
 * What a test or a user works with:
 * - `world.create(fields, ownerId?): id`, `edit(id, patch)`, `delete(id)`, `act(id, action)`,
 *   `addComment(id, text, author?)`, `addExpense(id, fields)`, `editExpense(expenseId, patch)`,
 *   `deleteExpense(expenseId)` bump lastModified; `addCashAdvance`, `editCashAdvance(id, patch)`
 *   and `addException(id, fields?)` do not.
 * - `world.requests(userId?): ids`, `truth(id)`, `truthText(id)`, `modifiedAt(id)`, `touched`.
 * - `world.schedule({edits, creates, deletes, everyCalls?, everyMs?, atCall?, on?, times?})`
 *   returns `{touched, created, deleted, rounds, stop()}`; without a trigger it happens now.
 * - `world.crowdSecond(count, at, ownerId?)`, `backdate(id, date | undefined)`,
 *   `randomEdit(random)`, `randomCreate(random)`, `randomDelete(random)`, `withoutApprover`.
 * - `faults.set(...faults)`, `add(fault)`, `clear()`, `poison`, `missing`, `vanishing`, `huge`, `moved`.
 * - `clock.now()`, `advance(ms)`, `set(date)`, `freeze()`, `resume()`, `stepPerCallMs`.
 * - `events.publicKey`, `sign(body)`, `deliver(copies)`, `publish(event)`, `settled()`,
 *   `subscriptions`, `published`, `deliveries`: workflow actions reach subscribers on loopback.
 * - `quirks.*`: shapes of answers, `visibilityDelayMs`, `rotateRefreshTokens`, `ignoreLimit`, …
 */
export async function startFakeConcur(options: FakeConcurOptions = {}): Promise<FakeConcur> {
	const state = createState(options);
	const { world, clock, faults, quirks, tokens, connections, events, calls, trapped, settings } =
		state;
	const router = new Router(allRoutes);
	const homeServer = createListener(state, router, 'home');
	const others = [createListener(state, router, 'moved'), createTrap(trapped)];
	const servers = [homeServer, ...others];
	// The one whose port may be taken goes first: the others would keep the process open.
	const home = await listen(homeServer, settings.port);
	const [moved = '', trap = ''] = await Promise.all(others.map((server) => listen(server, 0)));
	Object.assign(world.hosts, { home, moved, trap });
	return {
		...{ baseUrl: home, movedUrl: moved, trapUrl: trap, credentials: settings.credentials },
		...{ world, connections, events, clock, faults, quirks, calls, trapped },
		secrets: () => tokens.secrets(),
		revokeAccess: () => {
			tokens.revokeAccess();
		},
		close: async () => {
			await events.close();
			await Promise.all(servers.map(closeServer));
		},
	};
}

function createState(options: FakeConcurOptions): State {
	const settings = completeOptions(options);
	const clock = new FakeClock(settings.now);
	const quirks = defaultQuirks();
	const world = new World(settings, clock, quirks);
	const tokens = new Tokens(settings, clock, quirks, world.users[0]?.id ?? '');
	const { seed, connectionRequests, connectionQueue, now } = settings;
	const connections = new ConnectionRequests(
		connectionQueue,
		world.users,
		seed,
		connectionRequests,
		now.getTime(),
	);
	const faults = new Faults(seed);
	const events = new Events();
	const eventIds = new Random(seed, 1101);
	world.acted = (id, action) => {
		// Nobody hears it, and a world of a million requests has a lot to tell.
		if (events.subscriptions.size === 0) return;
		events.publish(makeStatusEvent(world, settings, eventIds, id, action));
	};
	const records = { counter: { calls: 0 }, calls: [], trapped: [] };
	return { settings, world, clock, faults, quirks, tokens, connections, events, ...records };
}

/** The foreign host remembers who came, and with which headers. */
function createTrap(trapped: TrappedRequest[]): Server {
	return createServer((request, response) => {
		const { method = '', url = '', headers } = request;
		trapped.push({ method, url, headers: { ...headers } });
		response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
	});
}

function listen(server: Server, port: number): Promise<string> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			const bound = typeof address === 'object' && address ? address.port : port;
			resolve(`http://127.0.0.1:${bound}`);
		});
	});
}

function closeServer(server: Server): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => {
			resolve();
		});
		// Stalled answers would otherwise keep the server open for ever.
		server.closeAllConnections();
	});
}
