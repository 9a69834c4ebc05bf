import type { Compression } from './compression';

/** How a CSV target is written. */
export interface CsvOptions {
	readonly compression?: Compression;
	/** Puts `'` before texts that a spreadsheet would take for a formula. Changes data: off. */
	readonly escapeFormulas?: boolean;
	/** Rows after which a long run commits what it has; 500,000 where not given. */
	readonly rollRows?: number;
	/** Milliseconds after which a long run commits what it has; ten minutes where not given. */
	readonly rollMs?: number;
}
