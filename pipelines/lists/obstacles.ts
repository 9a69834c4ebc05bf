import { ConcurError } from '../../concur/errors';

/** A list that cannot be read whole, whichever way: what it holds is not known. */
export class UnstableWindowError extends ConcurError {}

/** Why a walk cannot come to its end. */
export type Obstacle = 'contradiction' | 'disorder' | 'start-ignored' | 'rows-missing';

const REASONS: Readonly<Record<Obstacle, readonly [message: string, advice: string]>> = {
	contradiction: [
		'contradict each other from page to page, so that no end could be reached',
		'Run again when fewer changes are being made; what is missing is listed again then.',
	],
	disorder: [
		'do not keep the order of requestId that was asked for, so that some may hide between two pages',
		'Run again; if it stays, tell SAP support that the list ignores sortField=requestId.',
	],
	'start-ignored': [
		'are more than one page holds, and every page begins with the first of them',
		'Look for a gateway that drops the parameter start, or tell SAP support.',
	],
	'rows-missing': [
		'are more than its pages have shown, some of them twice instead',
		'Run again; if it stays, tell SAP support that the pages of a list do not fit together.',
	],
};

/** @param which the requests, as the sentence goes on after them. */
export function unwalkable(obstacle: Obstacle, which: string): UnstableWindowError {
	const [reason, advice] = REASONS[obstacle];
	const message = `The requests ${which} ${reason}.`;
	return new UnstableWindowError('CONCUR_WINDOW_UNSTABLE', message, { advice });
}
