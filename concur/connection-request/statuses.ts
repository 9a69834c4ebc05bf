import type { ConnectionVersion } from './versions';

/** One status a supplier may put, and what it does (Connection Requests, status table). */
export interface ConnectionStatusEffect {
	/** In one line, for a menu. */
	readonly name: string;
	readonly versions: readonly ConnectionVersion[];
	/** Undefined where no page says. */
	readonly emailsTraveler: boolean | undefined;
	/** When the request comes back into the queue, and at most how many times: then it has failed. */
	readonly requeue: { readonly afterHours: number; readonly atMost: number } | undefined;
	/** The states in which Concur shows the request afterwards, beside the code itself. */
	readonly shownAs: readonly string[];
}

const all = ['3.2', '3.1', '3.0'] as const;
const older = ['3.1', '3.0'] as const;
const refused = {
	versions: all,
	emailsTraveler: true,
	requeue: { afterHours: 24, atMost: 4 },
	shownAs: ['Failed'],
};
/** Only in the swaggers; no page tells what they do to the traveler. */
const legacy = {
	versions: older,
	emailsTraveler: undefined,
	requeue: undefined,
	shownAs: ['Failed', 'Retry'],
};

const table = {
	CRSUC: {
		name: 'Connected',
		versions: all,
		emailsTraveler: true,
		requeue: undefined,
		shownAs: ['Connected'],
	},
	CRRET: {
		name: 'Try again later',
		versions: all,
		emailsTraveler: false,
		requeue: { afterHours: 1, atMost: 48 },
		shownAs: ['Retry'],
	},
	CREU1: { name: 'Account not found', ...refused },
	CREU2: { name: 'Account does not match the traveler', ...refused },
	CREU3: { name: 'Account needs attention', ...refused },
	CRPA1: { name: 'Request token expired', ...legacy },
	CRPA2: { name: 'Network error', ...legacy },
} as const satisfies Readonly<Record<string, ConnectionStatusEffect>>;

export type ConnectionStatus = keyof typeof table;

/** Every status a supplier may put, with its effect: the one place where they are written. */
export const connectionStatuses: Readonly<Record<ConnectionStatus, ConnectionStatusEffect>> = table;

/** The codes a version takes, in the order of the page. */
export function statusesOf(version: ConnectionVersion): ConnectionStatus[] {
	return Object.keys(table)
		.filter((code) => isConnectionStatus(code))
		.filter((code) => connectionStatuses[code].versions.includes(version));
}

export function isConnectionStatus(code: string): code is ConnectionStatus {
	return Object.hasOwn(table, code);
}

/** What a status does to the traveler and the queue, as sentences. */
export function describeStatus(status: ConnectionStatus): string {
	const { emailsTraveler, requeue } = connectionStatuses[status];
	if (emailsTraveler === undefined) return 'SAP does not say what it does to the traveler.';
	const email = emailsTraveler
		? 'Concur e-mails the traveler.'
		: 'Concur sends the traveler no e-mail.';
	if (requeue === undefined) return `${email} The request leaves the queue for good.`;
	const { afterHours, atMost } = requeue;
	const after = afterHours === 1 ? '1 hour' : `${afterHours} hours`;
	return `${email} The request comes back into the queue after ${after}, at most ${atMost} times; then it has failed.`;
}
