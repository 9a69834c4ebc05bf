import type { TokenGrant } from '../auth/token-exchange';
import type { ConcurClient } from '../client';
import { systemClock } from '../clock';
import { AuthError, ConcurError, ConfigurationError, OutcomeUnknownError } from '../errors';
import {
	createAttemptLedger,
	type AnswerRecord,
	type AttemptKind,
	type AttemptLedger,
} from './attempt-ledger';
import type { ConnectionRequest } from './connection-request';
import { findConnectionRequest } from './find-connection-request';
import { connectionStatuses, type ConnectionStatus } from './statuses';
import { updateConnectionRequest } from './update-connection-request';
import type { ConnectionVersion } from './versions';

/** What a supplier may find out about a traveler, and the status that says so. */
export const matchDecisions = {
	matched: 'CRSUC',
	notFound: 'CREU1',
	doesNotMatch: 'CREU2',
	needsAttention: 'CREU3',
	tryAgainLater: 'CRRET',
} as const satisfies Readonly<Record<string, ConnectionStatus>>;

export type MatchDecision = keyof typeof matchDecisions;

/** A connection request and what is to become of it. */
export interface DecidedRequest extends Partial<
	Pick<ConnectionRequest, 'userId' | 'requestToken'>
> {
	readonly id: string;
	readonly decision: MatchDecision;
	/**
	 * How often the caller has answered it before with the same kind of answer: CREU* for the refusals,
	 * CRRET for the others. The larger of this and what the ledger knows counts.
	 */
	readonly attemptsSoFar?: number | undefined;
	/** 3.2 unless told. */
	readonly version?: ConnectionVersion | undefined;
}

/** A decided request as far as its exchange needs it. */
export type ExchangeableRequest = Pick<ConnectionRequest, 'userId' | 'requestToken'>;

export interface RespondOptions {
	/**
	 * Trades the request token of a match, before Concur tells the traveler: `exchangeRequestToken` with
	 * the supplier's app. Leave it out only where the traveler's tokens are kept already.
	 */
	readonly exchange?: ((request: ExchangeableRequest) => Promise<TokenGrant>) | undefined;
	/** Stores the traveler's tokens for good; the match is put only after that. */
	readonly keep?: ((grant: TokenGrant, request: DecidedRequest) => Promise<void>) | undefined;
	/** Counts from run to run; in memory unless given. */
	readonly ledger?: AttemptLedger | undefined;
	readonly signal?: AbortSignal | undefined;
}

/**
 * `connected`, `refused` and `retryLater`: CRSUC, CREU* and CRRET were put. `alreadyAnswered`: nothing
 * was put, since the request has its answer. `unknown`: CRSUC was sent, and it could not be found out
 * whether Concur took it; the traveler's tokens are handed out in case it did.
 */
export type ResponseOutcome =
	'connected' | 'refused' | 'retryLater' | 'alreadyAnswered' | 'unknown';

export interface ConnectionResponse {
	readonly id: string;
	readonly decision: MatchDecision;
	/** The status of this answer; CRRET for a match whose token could not be exchanged. */
	readonly status: ConnectionStatus;
	readonly outcome: ResponseOutcome;
	/** Why a match was not put as one, or why its outcome is unknown. Never holds a token. */
	readonly reason: string | null;
	/** The stable code of that. */
	readonly reasonCode: string | null;
	/** How often the request now has an answer of this kind; null for CRSUC. */
	readonly attempt: number | null;
	/** How often Concur takes answers of this kind: 4 for CREU*, 48 for CRRET; null for CRSUC. */
	readonly attemptsAllowed: number | null;
	/** Concur may not bring the request back after this answer. */
	readonly lastAttempt: boolean;
	/** Concur's answer was lost, and reading the request showed that the status was taken. */
	readonly settledByReading: boolean;
	/** The traveler's tokens: secrets. */
	readonly grant?: TokenGrant;
}

/** Answers the connection requests of one run. */
export interface ConnectionResponder {
	/**
	 * Answers a request; one that this responder has seen before is not answered again.
	 * @throws what `updateConnectionRequest` throws; what the exchange throws where that is wrong for
	 * every traveler (a {@link ConfigurationError}, or the app itself is refused); then nothing was put.
	 */
	respond(request: DecidedRequest): Promise<ConnectionResponse>;
}

/**
 * Answers connection requests by decisions, each once: a match is exchanged first and put as CRSUC
 * then; where it cannot be exchanged, CRRET is put, of which the traveler hears nothing, and the
 * request comes back after an hour with a new token.
 *
 * **Once per entry of the queue, whenever a run may die.** All that counts is what Concur holds: a
 * request that is read from the queue has no answer, one that was answered is not in it.
 * - Dead before the PUT arrived: the request is still in the queue, so the next run reads it, with a
 *   new request token, and does everything again. An exchange has no effect on the request or the
 *   traveler and may be repeated (a token is even valid for a second time within its 24 hours); the
 *   PUT is then the first one, and so is the e-mail.
 * - Dead after it arrived: the request is not in the queue, so no run that reads the queue meets it
 *   again. What died with the run is the traveler's tokens, unless they were kept before, which is
 *   why `keep` is called between exchange and PUT.
 * - Alive, but the answer to the PUT was lost: `updateConnectionRequest` reads the request to settle
 *   it, and never puts it blindly again.
 *
 * The ledger is not needed for any of this. It counts, and it protects from requests that did *not*
 * come from the queue: a run that is repeated with what an earlier one has read. One that, by the
 * ledger, cannot be back in the queue yet, or whose last PUT has no known outcome, is read by its id
 * before anything is put.
 */
export function createConnectionResponder(
	client: ConcurClient,
	options: RespondOptions = {},
): ConnectionResponder {
	const ledger = options.ledger ?? createAttemptLedger({});
	const begun = new Map<string, Begun>();
	return {
		async respond(request) {
			const key = keyOf(request.id);
			const first = begun.get(key);
			if (first === undefined) {
				const response = answer({ client, options, ledger, key }, request);
				begun.set(key, { decision: request.decision, response });
				return response;
			}
			if (first.decision !== request.decision) {
				throw contradiction(request.id, [first.decision, request.decision]);
			}
			const { grant: _, ...response } = await first.response;
			const outcome = response.outcome === 'unknown' ? 'unknown' : 'alreadyAnswered';
			return { ...response, id: request.id, outcome };
		},
	};
}

/** For each request the error of its decision, where another one for the same request contradicts it. */
export function findContradictions(
	requests: readonly Pick<DecidedRequest, 'id' | 'decision'>[],
): (ConfigurationError | undefined)[] {
	const decisions = new Map<string, Set<MatchDecision>>();
	for (const { id, decision } of requests) {
		const key = keyOf(id);
		decisions.set(key, (decisions.get(key) ?? new Set()).add(decision));
	}
	return requests.map(({ id }) => {
		const made = decisions.get(keyOf(id)) ?? new Set();
		return made.size > 1 ? contradiction(id, [...made]) : undefined;
	});
}

interface Begun {
	readonly decision: MatchDecision;
	readonly response: Promise<ConnectionResponse>;
}

interface Context {
	readonly client: ConcurClient;
	readonly options: RespondOptions;
	readonly ledger: AttemptLedger;
	readonly key: string;
}

const HOUR_MS = 3_600_000;
/** Concur may bring a request back a little before its time. */
const EARLY = 0.9;
/** After CRSUC a request is not expected back; its tokens are dead by then anyway. */
const FINAL_HOURS = 24;

/** What stands for every traveler: putting CRRET for all of them would only hide it. */
const OWN_FAULTS = new Set(['CONCUR_AUTH_CLIENT', 'CONCUR_AUTH_SCOPE', 'CONCUR_AUTH_GRANT']);

async function answer(context: Context, request: DecidedRequest): Promise<ConnectionResponse> {
	const { ledger, key } = context;
	const before = ledger.read(key);
	const found = await lookAtQueue(context, request, before);
	if (found.answered) {
		ledger.write(key, found.record);
		return describe(request, found.record.last.status, 'alreadyAnswered', found.record);
	}
	const exchanged =
		request.decision === 'matched'
			? await exchangeFirst(context.options, { ...request, ...found.fresh })
			: {};
	return put(context, request, exchanged, found.record);
}

type Found =
	| { readonly answered: true; readonly record: AnswerRecord }
	| {
			readonly answered: false;
			readonly record: AnswerRecord | undefined;
			/** Where it was read: reading makes a new request token. */
			readonly fresh?: Partial<ExchangeableRequest>;
	  };

/** Asks Concur where the ledger says that the request has its answer, or that nobody knows. */
async function lookAtQueue(
	{ client, options: { signal } }: Context,
	{ id, version }: DecidedRequest,
	record: AnswerRecord | undefined,
): Promise<Found> {
	if (record === undefined) return { answered: false, record };
	const { last } = record;
	if (last.sure && !isTooSoon(last, systemClock.epochMs())) return { answered: false, record };
	const settled = last.sure ? record : counted(record);
	const options = { version, signal, includeRequestToken: true };
	const shown = await findConnectionRequest(client, id, options);
	if (shown === undefined) return { answered: true, record: settled };
	const tooSoon = isTooSoon(last, nowOf(client));
	const waits = shown.status?.toLowerCase() === 'pending';
	if (last.sure ? tooSoon : !waits) return { answered: true, record: settled };
	const { requestToken } = shown;
	return {
		answered: false,
		// Unsure and waiting: it was never put, or it was and is back by now.
		record: tooSoon ? record : settled,
		...(requestToken && { fresh: { requestToken } }),
	};
}

interface Exchanged {
	readonly grant?: TokenGrant;
	/** Why there is none. */
	readonly failure?: { readonly reason: string; readonly code: string };
}

async function exchangeFirst(
	{ exchange, keep, signal }: RespondOptions,
	request: DecidedRequest,
): Promise<Exchanged> {
	if (exchange === undefined) return {};
	const { userId = null, requestToken = null } = request;
	let grant: TokenGrant;
	try {
		grant = await exchange({ userId, requestToken });
	} catch (error) {
		if (signal?.aborted || !(error instanceof ConcurError)) throw error;
		if (error instanceof ConfigurationError || OWN_FAULTS.has(error.code)) throw error;
		const what =
			error instanceof AuthError
				? 'The request token was refused'
				: 'The request token could not be exchanged';
		return { failure: { reason: `${what}. ${error.message}`, code: error.code } };
	}
	if (!grant.refreshToken) {
		const reason = 'The exchange of the request token gave no refresh token.';
		return { failure: { reason, code: 'CONCUR_UNEXPECTED_BODY' } };
	}
	try {
		await keep?.(grant, request);
	} catch {
		// Whatever it says, it may hold a token.
		return { failure: { reason: "The traveler's tokens could not be kept.", code: 'NOT_KEPT' } };
	}
	return { grant };
}

async function put(
	{ client, options: { signal }, ledger, key }: Context,
	request: DecidedRequest,
	{ grant, failure }: Exchanged,
	before: AnswerRecord | undefined,
): Promise<ConnectionResponse> {
	const { id, version } = request;
	const status = failure ? 'CRRET' : matchDecisions[request.decision];
	const kind = kindOf(status);
	const { refusals = 0, retries = 0 } = before ?? {};
	const counts = { refusals, retries };
	if (kind !== undefined) counts[kind] = Math.max(counts[kind], request.attemptsSoFar ?? 0);
	const sent = (): AnswerRecord => ({
		...counts,
		last: { status, at: nowOf(client), sure: false },
	});
	const described = (outcome: ResponseOutcome, settledByReading: boolean) => ({
		...describe(request, status, outcome, counted(sent())),
		settledByReading,
		reason: failure?.reason ?? null,
		reasonCode: failure?.code ?? null,
		...(grant && { grant }),
	});
	ledger.write(key, sent());
	try {
		const update = await updateConnectionRequest(client, id, status, { version, signal });
		ledger.write(key, counted(sent()));
		return described(outcomeOf(status), update.settledByReading);
	} catch (error) {
		if (!(error instanceof ConcurError)) throw error;
		if (!(error instanceof OutcomeUnknownError)) {
			ledger.write(key, before);
			throw error;
		}
		if (grant === undefined) throw error;
		// Thrown away they would be lost, if Concur took the status after all.
		const { message: reason, code: reasonCode } = error;
		return { ...described('unknown', false), reason, reasonCode };
	}
}

function describe(
	{ id, decision }: DecidedRequest,
	status: ConnectionStatus,
	outcome: ResponseOutcome,
	record: AnswerRecord,
): ConnectionResponse {
	const kind = kindOf(status);
	const attempt = kind === undefined ? null : record[kind];
	const attemptsAllowed = connectionStatuses[status].requeue?.atMost ?? null;
	return {
		id,
		decision,
		status,
		outcome,
		reason: null,
		reasonCode: null,
		attempt,
		attemptsAllowed,
		// "This can be done 4 times": whether the fourth comes back once more is not said.
		lastAttempt: attempt !== null && attemptsAllowed !== null && attempt >= attemptsAllowed,
		settledByReading: false,
	};
}

function outcomeOf(status: ConnectionStatus): ResponseOutcome {
	if (status === 'CRSUC') return 'connected';
	return status === 'CRRET' ? 'retryLater' : 'refused';
}

function kindOf(status: ConnectionStatus): AttemptKind | undefined {
	if (status === 'CRRET') return 'retries';
	return status.startsWith('CREU') ? 'refusals' : undefined;
}

/** The record of an answer that is made. */
function counted({ refusals, retries, last }: AnswerRecord): AnswerRecord {
	const counts = { refusals, retries };
	const kind = kindOf(last.status);
	if (kind !== undefined) counts[kind]++;
	return { ...counts, last: { ...last, sure: true } };
}

function isTooSoon({ status, at }: AnswerRecord['last'], now: number): boolean {
	const hours = connectionStatuses[status].requeue?.afterHours ?? FINAL_HOURS;
	return now < at + EARLY * hours * HOUR_MS;
}

function nowOf(client: ConcurClient): number {
	return client.serverNow() ?? systemClock.epochMs();
}

/** GUIDs are the same in capitals. */
function keyOf(id: string): string {
	const trimmed = id.trim();
	return /^[0-9a-f-]{36}$/i.test(trimmed) ? trimmed.toLowerCase() : trimmed;
}

function contradiction(id: string, decisions: readonly MatchDecision[]): ConfigurationError {
	return new ConfigurationError(
		'INVALID_PARAMETER',
		`The connection request ${id} has decisions that contradict each other: ${decisions.join(', ')}.`,
		{ advice: 'Decide on each request once, and answer it with one item.' },
	);
}
