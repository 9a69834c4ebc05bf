import { setTimeout as wait } from 'node:timers/promises';
import { textOf, type JsonObject } from '../json';
import { isLoopback, postEvent } from './post-event';
import { Signer, type FakeSigning } from './signing';

/** A subscription of the fake's one app. */
export interface EventSubscription {
	readonly id: string;
	readonly topic: string;
	readonly filter: string | undefined;
	readonly endpoint: string;
}

/** One attempt to deliver an event. */
export interface EventDelivery {
	readonly subscriptionId: string;
	readonly eventId: string;
	readonly endpoint: string;
	/** The status that the receiver answered; 0 where it answered none, or was not asked. */
	readonly status: number;
}

/** Concur acknowledges nothing that takes longer. */
const ANSWER_MS = 60_000;
const REMEMBERED = 10_000;

/** The Event Subscription Service: who wants to be told of what, and the telling. */
export class Events {
	readonly subscriptions = new Map<string, EventSubscription>();
	/** The events that had a subscriber, the last 10,000. */
	readonly published: JsonObject[] = [];
	/** The attempts to deliver them, the last 10,000. */
	readonly deliveries: EventDelivery[] = [];
	/** Pauses before an attempt is repeated: Concur goes on for three days, the fake gives up then. */
	retryPausesMs: readonly number[] = [20, 40, 80, 160, 320];
	readonly #signer = new Signer();
	readonly #stop = new AbortController();
	readonly #pending = new Set<Promise<void>>();
	#copies = 1;
	#atOnce = true;

	/** The key with which receivers verify `Concur-Signature`: PEM. */
	get publicKey(): string {
		return this.#signer.publicKey;
	}

	/** The signature of any body. */
	sign(body: string | Uint8Array, how?: FakeSigning): string {
		return this.#signer.sign(body, how);
	}

	/** Delivers every event so many times from now on, all at once or one after the other. */
	deliver(copies: number, how: 'at once' | 'one by one' = 'at once'): void {
		this.#copies = copies;
		this.#atOnce = how === 'at once';
	}

	/** Sends an event to everyone who wants it. */
	publish(event: JsonObject): void {
		remember(this.published, event);
		const wanted = [...this.subscriptions.values()].filter((one) => wants(one, event));
		for (const subscription of wanted) {
			const delivered = this.#deliver(subscription, event).finally(() => {
				this.#pending.delete(delivered);
			});
			this.#pending.add(delivered);
		}
	}

	/** Waits until nothing is under way any more. */
	async settled(): Promise<void> {
		while (this.#pending.size > 0) await Promise.all(this.#pending);
	}

	/** Gives up what is under way. */
	async close(): Promise<void> {
		this.#stop.abort();
		await this.settled();
	}

	async #deliver(subscription: EventSubscription, event: JsonObject): Promise<void> {
		const body = Buffer.from(JSON.stringify(event));
		const signature = this.#signer.sign(body);
		const eventId = textOf(event, 'id') ?? '';
		const send = () => this.#deliverOnce(subscription, eventId, body, signature);
		const copies = Array.from({ length: this.#copies }, () => send);
		if (this.#atOnce) await Promise.all(copies.map((copy) => copy()));
		else for (const copy of copies) await copy();
	}

	/** Delivers one copy, again and again while the receiver cannot take it. */
	async #deliverOnce(
		{ id, endpoint }: EventSubscription,
		eventId: string,
		body: Uint8Array,
		signature: string,
	): Promise<void> {
		for (const pauseMs of [0, ...this.retryPausesMs]) {
			await this.#pause(pauseMs);
			if (this.#stop.signal.aborted || !this.subscriptions.has(id)) return;
			const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ANSWER_MS)]);
			const isHere = isLoopback(endpoint);
			const status = isHere ? await postEvent(endpoint, body, signature, signal) : 0;
			remember(this.deliveries, { subscriptionId: id, eventId, endpoint, status });
			if (!isHere || !isRepeated(status)) return;
		}
	}

	async #pause(ms: number): Promise<void> {
		if (ms === 0) return;
		// Being stopped is no failure: the caller looks for it.
		await wait(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
	}
}

function remember<T>(list: T[], one: T): void {
	if (list.length >= REMEMBERED) list.splice(0, REMEMBERED / 10);
	list.push(one);
}

/** The pattern of a filter, which is held against the whole event type. */
export function filterPattern(filter: string | undefined): RegExp {
	return new RegExp(`^(?:${filter ?? '.*'})$`);
}

function wants({ topic, filter }: EventSubscription, event: JsonObject): boolean {
	const matches = filterPattern(filter).test(textOf(event, 'eventType') ?? '');
	return topic === textOf(event, 'topic') && matches;
}

/** Event Subscription Service v4, "ESS Behavior"; no answer at all counts as a failure. */
function isRepeated(status: number): boolean {
	return status === 0 || status >= 500 || [401, 403, 429].includes(status);
}
