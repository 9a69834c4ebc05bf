import { decimal, isObject, object, type JsonObject } from '../json';
import { Random } from '../random';
import { read } from './ledger';
import { makeAmount, nastyText, nastyTexts } from './nasty';
import { childStamp, type Scene } from './scene';
import type { User } from './users';

/** A comment; documented comments carry the author's name without an id. */
export function makeComment(
	scene: Scene,
	author: User | undefined,
	at: number,
	value: string | null,
	isLatest: boolean,
): JsonObject {
	return {
		author: { firstName: author?.firstName ?? 'System', lastName: author?.lastName ?? 'Concur' },
		creationDateTime: childStamp(scene, at),
		isLatest,
		value,
	};
}

/** Made-up comments, newest first; salt tells a request's comments from an expense's. */
export function deriveComments(scene: Scene, index: number, salt: number): JsonObject[] {
	const random = new Random(scene.seed, index, 15, salt);
	const count = random.chance(0.5) ? 0 : random.between(1, 4);
	const created = read(scene.ledger.created, index);
	return Array.from({ length: count }, (_, n) =>
		makeComment(
			scene,
			random.pick(scene.users),
			created + (count - n) * 3_600_000,
			random.pick(nastyTexts),
			n === 0,
		),
	);
}

/** Made-up exceptions. As documented, the source's href lacks /travelrequest. */
export function deriveExceptions(scene: Scene, index: number, id: string): JsonObject[] {
	const random = new Random(scene.seed, index, 16);
	if (random.chance(0.7)) return [];
	return Array.from({ length: random.between(1, 3) }, () => makeException(scene, random, id));
}

/** One exception. */
export function makeException(scene: Scene, random: Random, id: string): JsonObject {
	const type = random.pick(['HEADER', 'EXPENSE', 'ALLOCATION', 'CASH_ADVANCE']);
	const host = scene.quirks.foreignLinks ? scene.hosts.trap : scene.hosts.home;
	return {
		code: random.pick(['CALWARN2', 'REQMISSING', 'BUDGET1']),
		level: random.pick([1, 50, 99]),
		message: random.pick(nastyTexts),
		isBlocking: random.chance(0.2),
		// ALLOCATION and CASH_ADVANCE sources have an empty href.
		source: {
			id,
			href:
				type === 'HEADER' || type === 'EXPENSE' ? `${host}/v4/requests/${id}?compact=false` : '',
			type,
		},
		parameters: random.chance(0.4)
			? { missingFields: ['Cost, center'], missingFieldsIds: ['custom2'] }
			: {},
	};
}

/** The ids of a seeded request's cash advances. */
export function deriveCashAdvanceIds(scene: Scene, index: number): string[] {
	const random = new Random(scene.seed, index, 17);
	const count = random.chance(0.8) ? 0 : random.between(1, 2);
	return Array.from({ length: count }, (_, n) => scene.ids.encode('cashAdvance', index, n));
}

/** One made-up cash advance; its requestDate may come without a zone. */
export function deriveCashAdvance(
	scene: Scene,
	index: number,
	ordinal: number,
	id: string,
): JsonObject {
	const random = new Random(scene.seed, index, 18, ordinal);
	const amount = makeAmount(random);
	const requested = read(scene.ledger.created, index);
	return object({
		cashAdvanceId: id,
		// The page shows the member "amount" beside "value" (to be deprecated).
		amountRequested: isObject(amount) ? { ...amount, amount: amount['value'] ?? 0 } : amount,
		approvalStatus: { code: random.pick(['C_PEND', 'C_APPR', 'C_ISSU']), name: 'Cash advance' },
		comment: nastyText(random),
		exchangeRate: {
			value: decimal('0.91000000000001'),
			operation: random.pick(['MULTIPLY', 'DIVIDE']),
		},
		issueDate: random.chance(0.5) ? childStamp(scene, requested + 86_400_000) : undefined,
		requestDate: childStamp(scene, requested),
	});
}
