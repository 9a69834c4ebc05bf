import { Random } from '../random';
import { type Facts, type Ledger, type StatusCode, flags } from './ledger';

const dayMs = 86_400_000;
/** Request ids count up from here in base 36; four characters last for 1.5 million requests. */
const firstSerial = Number.parseInt('4000', 36);

/** What the seeded requests look like as a whole. */
export interface SeedingPlan {
	seed: number;
	count: number;
	users: number;
	now: number;
	spanDays: number;
}

/** Adds the seeded requests to an empty ledger. */
export function seedRequests(ledger: Ledger, plan: SeedingPlan): void {
	for (let n = 0; n < plan.count; n++) ledger.append(makeFacts(plan, ledger.size));
}

/** The facts of the request with that index: dates skewed to recent, whole seconds. */
export function makeFacts(plan: SeedingPlan, index: number): Facts {
	const random = new Random(plan.seed, index, 10);
	const age = random.next() ** 2 * plan.spanDays * dayMs;
	const modified = Math.floor((plan.now - 1000 - age) / 1000) * 1000;
	const created = modified - random.between(0, 60 * 86_400) * 1000;
	const status = pickStatus(random);
	const approved = status === 'APPROVED' || status === 'PENDING_BOOKING';
	const canceledLate = status === 'CANCELED' && random.chance(0.5);
	const submitted = created + Math.floor((modified - created) / 3000) * 1000;
	let bits = 0;
	if (canceledLate) bits |= flags.canceledPostApproval;
	if ((approved || canceledLate) && random.chance(0.3)) bits |= flags.closed;
	if (status === 'SENTBACK' || random.chance(0.1)) bits |= flags.everSentBack;
	if (random.chance(0.3)) bits |= flags.agency;
	if (random.chance(0.02)) bits |= flags.parent;
	return {
		owner: random.between(0, plan.users - 1),
		startDay: Math.floor(created / dayMs) + random.between(1, 90),
		created,
		modified,
		authorized: approved || canceledLate ? modified : Number.NaN,
		submitted: status === 'NOT_SUBMITTED' ? Number.NaN : submitted,
		status,
		flags: bits,
		serial: firstSerial + index,
	};
}

/** The serial of a request that is created now. */
export function nextSerial(ledger: Ledger): number {
	return firstSerial + ledger.size;
}

/** The facts of a draft created by a call. */
export function draftFacts(ledger: Ledger, owner: number, startDay: number, now: number): Facts {
	return {
		owner,
		startDay,
		created: now,
		modified: now,
		authorized: Number.NaN,
		submitted: Number.NaN,
		status: 'NOT_SUBMITTED',
		flags: 0,
		serial: nextSerial(ledger),
	};
}

function pickStatus(random: Random): StatusCode {
	const dice = random.next();
	if (dice < 0.25) return 'NOT_SUBMITTED';
	if (dice < 0.45) return 'SUBMITTED';
	if (dice < 0.8) return 'APPROVED';
	if (dice < 0.88) return 'CANCELED';
	return dice < 0.95 ? 'SENTBACK' : 'PENDING_BOOKING';
}
