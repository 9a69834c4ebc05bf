import { object, type JsonObject, type JsonValue } from '../json';
import { Random } from '../random';
import { formatDay } from '../timestamps';
import { read, type StatusCode } from './ledger';
import { agencyLink, childListLink, listItemField, requestLink, travelRequestRoot } from './links';
import { makeAmount, nastyText, nastyTexts, pickCurrency } from './nasty';
import type { Scene } from './scene';
import { stamp } from './scene';
import type { User } from './users';
import { agencyId } from './users';
import { policies } from './policies';

const places = [
	{ countryCode: 'DE', countrySubDivisionCode: 'DE-BE', city: 'Berlin, GERMANY' },
	{ countryCode: 'FR', countrySubDivisionCode: 'FR-69', city: 'Lyon, FRANCE' },
	{ countryCode: 'JP', countrySubDivisionCode: 'JP-13', city: '東京, JAPAN' },
	{ countryCode: 'PL', countrySubDivisionCode: null, city: 'Gdańsk, POLAND' },
] as const;

/** A place as Location; the name repeats the city as in the documentation. */
export function makeLocation(random: Random): JsonObject {
	const place = random.pick(places);
	return { ...place, name: place.city };
}

/** A user as Employee. */
export function employee(user: User): JsonObject {
	return object({
		firstName: user.firstName,
		middleInitial: user.middleName ?? undefined,
		id: user.id,
		lastName: user.lastName,
	});
}

/** The made-up fields that a list item shows. */
export function deriveCore(scene: Scene, index: number): JsonObject {
	const random = new Random(scene.seed, index, 11);
	const currency = pickCurrency(random);
	const startDay = read(scene.ledger.startDay, index);
	const total = makeAmount(random, currency);
	return {
		businessPurpose: nastyText(random),
		comment: nastyText(random),
		endDate: formatDay(startDay + random.between(0, 14)),
		expenses: [],
		name: random.pick(nastyTexts) || 'Trip',
		startTime: random.chance(0.7) ? `0${random.between(5, 9)}:30` : null,
		totalApprovedAmount: total,
		totalPostedAmount: total,
		totalRemainingAmount: random.chance(0.5) ? total : makeAmount(random, currency),
		type: { code: 'TRAVEL', label: 'Travel' },
	};
}

/** The made-up fields that only the detail shows. */
export function deriveExtras(scene: Scene, index: number, id: string): JsonObject {
	const random = new Random(scene.seed, index, 12);
	return object({
		endTime: random.chance(0.7) ? '19:30' : null,
		...customFields(scene, index, random),
		...childLists(scene, id),
		expensePolicy: { id: 'A6D42A825114472FAF402180E20B3751' },
		highestExceptionLevel: random.pick(['NONE', 'WARNING', 'ERROR']),
		mainDestination: random.chance(0.9) ? makeLocation(random) : null,
		policy: { id: random.pick(policies).id },
		pnr: random.chance(0.2) ? random.hex(6).toUpperCase() : undefined,
		travelAgency: scene.ledger.has(index, 'agency') ? agencyLink(scene, agencyId) : undefined,
		isParentRequest: scene.ledger.has(index, 'parent') ? true : undefined,
	});
}

/** The links to the lists below a request. */
export function childLists(scene: Scene, id: string): JsonObject {
	return {
		cashAdvances: childListLink(scene, id, 'cashadvances'),
		comments: plainHttp(childListLink(scene, id, 'comments')),
		exceptions: childListLink(scene, id, 'exceptions'),
	};
}

/** The fields that follow from the facts of the ledger, whatever else was made up or edited. */
export function factFields(scene: Scene, index: number, id: string, owner: User): JsonObject {
	const { ledger } = scene;
	const status = ledger.statusOf(index);
	const serial = read(ledger.serial, index).toString(36).toUpperCase();
	const submitted = read(ledger.submitted, index);
	const authorized = read(ledger.authorized, index);
	const approver = scene.users[owner.approver];
	return object({
		href: `${travelRequestRoot(scene)}/requests/${id}`,
		id,
		approvalStatus: { code: status, name: statusNames[status] },
		approved: status === 'APPROVED' || status === 'PENDING_BOOKING',
		approver: status === 'SUBMITTED' && approver ? employee(approver) : undefined,
		authorizedDate: Number.isNaN(authorized) ? undefined : stamp(scene, authorized),
		canceledPostApproval: ledger.has(index, 'canceledPostApproval'),
		closed: ledger.has(index, 'closed'),
		creationDate: stamp(scene, read(ledger.created, index)),
		everSentBack: ledger.has(index, 'everSentBack'),
		owner: employee(owner),
		pendingApproval: status === 'SUBMITTED',
		requestId: serial,
		startDate: formatDay(read(ledger.startDay, index)),
		submitDate: Number.isNaN(submitted) ? undefined : stamp(scene, submitted),
	});
}

/** The display names of the approval states. */
export const statusNames: Record<StatusCode, string> = {
	NOT_SUBMITTED: 'Not Submitted',
	SUBMITTED: 'Submitted & Pending Approval',
	APPROVED: 'Approved',
	CANCELED: 'Canceled',
	SENTBACK: 'Sent Back to Employee',
	PENDING_BOOKING: 'Pending Booking',
};

function customFields(scene: Scene, index: number, random: Random): Record<string, JsonValue> {
	const fields: Record<string, JsonValue> = { custom1: { value: nastyText(random) } };
	for (const number of [2, 3, 4, 17, 20]) {
		if (random.chance(0.6)) {
			const item = scene.ids.encode('listItem', index, number);
			fields[`custom${number}`] = listItemField(scene, `CEN${number}`, item);
		}
	}
	if (random.chance(0.1)) fields['custom5'] = null;
	if (random.chance(0.1)) fields['custom6'] = { value: '' };
	if (random.chance(0.05)) {
		fields['parentRequest'] = requestLink(scene, scene.ids.encode('request', index ^ 1));
	}
	return fields;
}

/** The documented comments link is plain http even where everything else is https. */
function plainHttp(link: JsonObject): JsonObject {
	const { href, template } = link;
	const strip = (url: JsonValue | undefined): JsonValue =>
		typeof url === 'string' ? url.replace(/^https:/, 'http:') : '';
	return { ...link, href: strip(href), template: strip(template) };
}
