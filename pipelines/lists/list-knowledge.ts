import { PageHints } from '../../concur/travel-request/page-hints';
import { ListBudget } from './list-budget';
import { PageSizes } from './page-sizes';
import { ReadableLimit } from './readable-limit';

/** Something about a server's lists that whoever runs the export should look after. */
export interface ListWarning {
	readonly code: string;
	readonly message: string;
	readonly advice: string;
}

/**
 * What one run has learnt of how this server lists: which of its hints are right, how long its
 * pages are, whether its filters work. Nothing is believed because one answer says it, and what was
 * found wrong once is not tried again.
 */
export class ListKnowledge {
	readonly hints = new PageHints();
	readonly pages: PageSizes;
	readonly limit = new ReadableLimit();
	readonly budget = new ListBudget();
	/** Whether what links and counts say of a window's size has been about right. */
	trustsEstimates = true;
	readonly #told = new Set<string>();

	/** @param pageFact what an earlier run has stored of pages, see {@link PageSizes}. */
	constructor(
		private readonly listener?: (warning: ListWarning) => void,
		pageFact?: string,
	) {
		this.pages = new PageSizes(pageFact);
	}

	/** Tells of each kind once. */
	warn(warning: ListWarning): void {
		if (this.#told.has(warning.code)) return;
		this.#told.add(warning.code);
		this.listener?.(warning);
	}
}
