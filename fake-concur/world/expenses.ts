import { decimal, object, type JsonObject, type JsonValue } from '../json';
import { Random } from '../random';
import { formatDay } from '../timestamps';
import { makeLocation } from './header';
import { read } from './ledger';
import { makeLink, listItemField, requestLink, travelRequestRoot } from './links';
import { makeAmount, nastyText, nastyTexts, pickCurrency } from './nasty';
import { stamp, type Scene } from './scene';

const segmentTypes = [
	{ category: 'REQ_SEG_AIRFR', code: 'AIRFR' },
	{ category: 'REQ_SEG_HOTEL', code: 'HOTEL' },
	{ category: 'REQ_SEG_RAILF', code: 'RAILF' },
	{ category: 'REQ_SEG_MISC', code: 'XCUST' },
] as const;

/** How many expected expenses a seeded request has: many have none, a few have dozens. */
export function countExpenses(scene: Scene, index: number): number {
	const random = new Random(scene.seed, index, 13);
	if (random.chance(0.25)) return 0;
	return random.chance(0.03) ? random.between(20, 40) : random.between(1, 4);
}

/** The ids of a seeded request's expenses. */
export function deriveExpenseIds(scene: Scene, index: number): string[] {
	return Array.from({ length: countExpenses(scene, index) }, (_, ordinal) =>
		scene.ids.encode('expense', index, ordinal),
	);
}

/** One made-up expected expense with its allocations and segment legs. */
export function deriveExpense(
	scene: Scene,
	index: number,
	ordinal: number,
	id: string,
	requestId: string,
): JsonObject {
	const random = new Random(scene.seed, index, 14, ordinal);
	const currency = pickCurrency(random);
	const amount = makeAmount(random, currency);
	// Anchored to the creation, which never changes: an edited header leaves its expenses alone.
	const created = read(scene.ledger.created, index);
	const day = Math.floor(created / 86_400_000) + random.between(1, 60);
	const segment = random.pick(segmentTypes);
	return object({
		id,
		href: `${travelRequestRoot(scene)}/expenses/${id}`,
		allocations: deriveAllocations(scene, index, ordinal, id, random),
		approvedAmount: amount,
		businessPurpose: nastyText(random),
		comments: makeLink(scene, `/expenses/${id}/comments`, id, '/expenses/{id}/comments'),
		custom1: { value: nastyText(random) },
		custom40: listItemField(scene, 'EX40', scene.ids.encode('listItem', index, 40)),
		exchangeRate: { value: decimal('1.23456789012345'), operation: 'MULTIPLY' },
		expenseType: { id: segment.code, name: segment.code, href: `${scene.hosts.trap}/expensetype` },
		isPaymentCardRelated: random.chance(0.5),
		lastComment: nastyText(random),
		lastModifiedDate: stamp(scene, created),
		location: random.chance(0.8) ? makeLocation(random) : null,
		orgUnit1: random.chance(0.3) ? { value: 'CC-001', code: 'CC-001' } : undefined,
		parentRequest: requestLink(scene, requestId),
		paymentType: { id: 'CASH', code: 'CASH', name: 'Cash' },
		postedAmount: amount,
		remainingAmount: makeAmount(random, currency),
		source: random.chance(0.1) ? 'AGENCY_FEE' : undefined,
		transactionAmount: amount,
		transactionDate: formatDay(day),
		tripData: deriveTrip(scene, index, ordinal, day, segment, random),
		vendor: random.chance(0.5) ? { id: 'V1', name: random.pick(nastyTexts) } : undefined,
	});
}

function deriveAllocations(
	scene: Scene,
	index: number,
	ordinal: number,
	expenseId: string,
	random: Random,
): JsonValue[] {
	const count = random.chance(0.05) ? 12 : random.between(0, 3);
	return Array.from({ length: count }, (_, n) => {
		// Allocation amounts have eight decimals in the documentation.
		const amount = { value: decimal(`${random.between(0, 900)}.12345678`), currency: 'USD' };
		return {
			allocationId: scene.ids.encode('allocation', index, ordinal * 256 + n),
			allocationAmount: amount,
			approvedAmount: amount,
			postedAmount: amount,
			percentage: decimal((100 / count).toFixed(8)),
			percentEdited: n === 0,
			systemAllocation: count === 1,
			expenseId,
			custom1: { code: 'ALLOC', value: random.pick(nastyTexts), isValid: true },
		};
	});
}

function deriveTrip(
	scene: Scene,
	index: number,
	ordinal: number,
	day: number,
	segment: (typeof segmentTypes)[number],
	random: Random,
): JsonObject | undefined {
	if (segment.code === 'XCUST') return undefined;
	const tripType = random.pick(['ONE_WAY', 'ROUND_TRIP', 'MULTI_STOPS']);
	const count = { ONE_WAY: 1, ROUND_TRIP: 2, MULTI_STOPS: 8 }[tripType] ?? 1;
	const legs = Array.from({ length: count }, (_, n) =>
		object({
			id: scene.ids.encode('leg', index, ordinal * 256 + n),
			class: { code: 'Y', value: 'Economy' },
			comment: nastyText(random),
			endDate: formatDay(day + n),
			endLocation: makeLocation(random),
			endTime: '11:05',
			flightNumber: segment.code === 'AIRFR' ? `LH${random.between(100, 999)}` : undefined,
			returnLeg: n > 0,
			startDate: formatDay(day + n),
			startLocation: makeLocation(random),
			startLocationDetail: nastyText(random),
			startTime: '09:00',
			vendorName: random.pick(nastyTexts),
		}),
	);
	return { agencyBooked: false, selfBooked: true, tripType, segmentType: { ...segment }, legs };
}
