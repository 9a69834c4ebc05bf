import type { RequestState } from './request-state';

/**
 * Sets a watch back to where it certainly had come: behind the latest change that it has judged, or
 * to its begin where it remembers none.
 */
export function reopenState(state: RequestState, lastJudged: number | undefined): RequestState {
	const until = Math.max(state.start - 1, lastJudged ?? state.start - 1);
	return { ...state, until, young: state.young.filter(([, to]) => to <= until) };
}
