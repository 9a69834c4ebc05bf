import type { ConnectionQueueKind } from '../options';
import { Random } from '../random';
import { nastyTexts } from './nasty';
import type { User } from './users';

const hourMs = 3_600_000;

/** The status codes a partner may PUT back; CRPA* are legacy. */
export const putStatuses = ['CRSUC', 'CRRET', 'CREU1', 'CREU2', 'CREU3', 'CRPA1', 'CRPA2'] as const;

/** A status a partner may PUT back. */
export type PutStatus = (typeof putStatuses)[number];

/** One traveller's wish to be connected, with what became of it. */
export interface ConnectionRequest {
	readonly id: string;
	readonly user: User;
	readonly loyaltyNumber: string | null;
	readonly emails: (string | null)[];
	lastModified: number;
	state: 'Pending' | 'Connected' | 'Failed' | 'Retry';
	/** Not returned by lists before this time. */
	availableAt: number;
	/** Every status that was PUT, in order. */
	readonly puts: PutStatus[];
	/** E-mails the traveller got: one for every CRSUC and CREU*. */
	emailsSent: number;
	/** Never returned by lists again. */
	final: boolean;
}

/** One page of the list. */
export interface ConnectionPage {
	items: ConnectionRequest[];
	nextOffset: string | null;
}

/** The queue of connection requests: GET peeks, PUT pops, failures come back later. */
export class ConnectionRequests {
	readonly all: ConnectionRequest[] = [];
	private readonly random: Random;

	/** Seeds the queue. */
	constructor(
		private readonly kind: ConnectionQueueKind,
		private readonly users: readonly User[],
		seed: number,
		count: number,
		now: number,
	) {
		this.random = new Random(seed, 701);
		for (let n = 0; n < count; n++) {
			this.add(this.random.pick(users), now - (count - n) * hourMs);
		}
	}

	/** A traveller asks to be connected. */
	add(user: User, at: number): ConnectionRequest {
		const { random } = this;
		const emails = [0, 1, 2, 3, 4].map((n) =>
			random.chance(n === 0 ? 0.6 : 0.1) ? `mail${n}+"x"@fake-concur.example` : null,
		);
		const request: ConnectionRequest = {
			id: random.uuid(),
			user,
			loyaltyNumber: random.chance(0.8) ? `00${random.between(1000, 99_999)}` : null,
			emails: random.chance(0.3) ? emails.map(() => null) : emails,
			lastModified: Math.floor(at / 1000) * 1000,
			state: 'Pending',
			availableAt: at,
			puts: [],
			emailsSent: 0,
			final: false,
		};
		this.all.push(request);
		return request;
	}

	/** Removes a request for good (v3.0 only). */
	remove(id: string): void {
		const place = this.all.findIndex((each) => each.id === id);
		if (place >= 0) this.all.splice(place, 1);
	}

	/** A request by id, whatever its state. */
	find(id: string): ConnectionRequest | undefined {
		return this.all.find((each) => each.id === id.toLowerCase());
	}

	/** A request by the user it belongs to that still waits. */
	pendingOf(user: User): ConnectionRequest | undefined {
		return this.all.find((each) => each.user === user && !each.final);
	}

	/** One page of the list, by the semantics in force. */
	page(
		limit: number,
		offset: string | undefined,
		status: string | undefined,
		now: number,
	): ConnectionPage {
		const waiting = this.all.filter((each) => !each.final && each.availableAt <= now);
		for (const each of waiting) each.state = 'Pending';
		switch (this.kind) {
			case 'queue': {
				const start = Number(offset ?? 0);
				const next = start + limit;
				return {
					items: waiting.slice(start, next),
					nextOffset: next < waiting.length ? String(next) : null,
				};
			}
			case 'lease': {
				// Lease era (2022-11 to 2023-08): no offset, what is not PUT reappears after 24 h.
				const items = waiting.slice(0, limit);
				for (const each of items) each.availableAt = now + 24 * hourMs;
				return { items, nextOffset: null };
			}
			case 'status': {
				const wanted = (status ?? 'Pending').toLowerCase();
				const matching = this.all.filter((each) => each.state.toLowerCase() === wanted);
				const after = matching.findIndex((each) => each.id === offset);
				const items = matching.slice(after + 1, after + 1 + limit);
				const more = after + 1 + limit < matching.length;
				return { items, nextOffset: more ? (items.at(-1)?.id ?? null) : null };
			}
		}
	}

	/** A partner PUTs a status: pops the request, e-mails the traveller, may requeue it later. */
	put(request: ConnectionRequest, status: PutStatus, now: number): void {
		request.puts.push(status);
		request.lastModified = Math.floor(now / 1000) * 1000;
		const failure = status.startsWith('CREU');
		if (status === 'CRSUC' || failure) request.emailsSent++;
		if (status === 'CRSUC') {
			request.state = 'Connected';
			request.final = true;
			return;
		}
		const tries = request.puts.filter((each) => each.startsWith('CREU') === failure).length;
		request.state = failure ? 'Failed' : 'Retry';
		request.final = tries > (failure ? 4 : 48);
		if (request.final) request.state = 'Failed';
		request.availableAt = now + (failure ? 24 : 1) * hourMs;
	}

	/** A middle name with a trap in it, now and then. */
	middleNameOf(request: ConnectionRequest): string | null {
		const index = Number.parseInt(request.id.slice(0, 4), 16);
		return index % 4 === 0 ? (nastyTexts[index % nastyTexts.length] ?? null) : null;
	}
}
