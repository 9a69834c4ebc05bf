import type { ConcurClient } from '../../client';
import { IncompleteQueueError } from '../../errors';
import {
	readConnectionPage,
	type ConnectionForm,
	type ConnectionPage,
	type ListConnectionRequestsQuery,
	type ReadConnectionOptions,
} from '../read-connections';
import { QueueCourse, type QueuePlace } from './queue-course';

const PAGE_ITEMS = 10;

/** A page of the queue as {@link drainQueue} finds it. */
export interface DrainedPage<T> {
	/** What no page before it has had. */
	readonly items: readonly T[];
	/** Lower bound of when they were shown, in server milliseconds. */
	readonly sentAt: number;
	/**
	 * Whether the queue, asked again for the same page, has shown none of them: they have been
	 * answered since, or the queue leases what it shows.
	 */
	readonly isHidden: boolean;
	/** The offset by which another drain may go on; undefined on the last page. */
	readonly goOnAt: string | undefined;
}

/** How a queue is drained. */
export interface DrainOptions extends ReadConnectionOptions {
	/**
	 * Whether pages overlap, so that none is skipped while others answer: yes unless told, except
	 * where request tokens are included. To show a request again makes a new token for it, and the one
	 * already handed on may be void.
	 */
	readonly overlaps?: boolean;
	/**
	 * Told instead of throwing an {@link IncompleteQueueError} where something was read: a queue may
	 * hide for a day what it has shown, so that must not be lost.
	 */
	readonly onOpen?: (error: IncompleteQueueError) => void;
}

/** All pages of the queue, in any form; see `drainConnectionRequests`. */
export async function* drainPages<T>(
	client: ConcurClient,
	query: Omit<ListConnectionRequestsQuery, 'offset'>,
	options: DrainOptions,
	form: ConnectionForm<T>,
): AsyncGenerator<T[], void, undefined> {
	for await (const { items } of drainQueue(client, query, options, form))
		if (items.length > 0) yield [...items];
}

/** The same, with what the pages tell about the queue, also those that have nothing new. */
export async function* drainQueue<T>(
	client: ConcurClient,
	{ offset, limit = PAGE_ITEMS, status }: ListConnectionRequestsQuery,
	options: DrainOptions,
	form: ConnectionForm<T>,
): AsyncGenerator<DrainedPage<T>, void, undefined> {
	const { idOf } = form;
	const overlaps = options.overlaps ?? !options.includeRequestToken;
	const course = new QueueCourse({ offset, limit }, overlaps);
	const seen = new Set<string>();
	const read = (place: QueuePlace) =>
		readConnectionPage(client, { ...place, status }, options, form);
	let held: DrainedPage<T> | undefined;
	for (;;) {
		const page: ConnectionPage<T> = yield* orHandOut(held, read(course.place));
		if (held) yield askedAgain(held, page, idOf);
		held = undefined;
		const fresh = page.items.filter((item) => !seen.has(idOf(item)) && seen.add(idOf(item)));
		const step = course.follow(page, page.items.map(idOf), fresh.length);
		const goesOn = step === 'page' || step === 'check';
		const goOnAt = goesOn ? course.place.offset : undefined;
		const drained = { items: fresh, sentAt: page.sentAt, isHidden: false, goOnAt };
		// To look whether there are more makes new request tokens, so the page waits for them.
		if (step === 'check') held = drained;
		else yield drained;
		if (step === 'end') return;
		if (typeof step === 'string') continue;
		const open = incomplete(step.openBecause, page);
		if (!options.onOpen || seen.size === 0) throw open;
		options.onOpen(open);
		return;
	}
}

/** What a page waited for may fail; the page is not lost by that. */
async function* orHandOut<T, R>(
	held: DrainedPage<T> | undefined,
	result: Promise<R>,
): AsyncGenerator<DrainedPage<T>, R, undefined> {
	try {
		return await result;
	} catch (error) {
		if (held) yield held;
		throw error;
	}
}

/** The held page, its records replaced by newer readings of them. */
function askedAgain<T>(
	held: DrainedPage<T>,
	{ items, sentAt }: { readonly items: readonly T[]; readonly sentAt: number },
	idOf: (item: T) => string,
): DrainedPage<T> {
	const newer = new Map(items.map((item) => [idOf(item), item]));
	const isHidden = !held.items.some((item) => newer.has(idOf(item)));
	return {
		...held,
		items: held.items.map((item) => newer.get(idOf(item)) ?? item),
		sentAt: isHidden ? held.sentAt : sentAt,
		isHidden,
	};
}

function incomplete(
	why: string,
	{ status, correlationId }: ConnectionPage<unknown>,
): IncompleteQueueError {
	return new IncompleteQueueError(
		'CONCUR_INCOMPLETE_QUEUE',
		`The queue of connection requests could not be read to its end: an answer of Concur ${why}.`,
		{
			status,
			correlationId,
			advice:
				'What was read has been kept. Answer it, then read again; if it stays, check what lies between here and Concur, and give SAP support the correlation id.',
		},
	);
}
