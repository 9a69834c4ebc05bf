import { exportRequests } from './scenarios/export-requests';
import { writeCsvByHand } from './scenarios/floor-csv';
import { copyIntoPostgres, loadPostgres } from './scenarios/postgres-load';
import { loadSqlite, upsertIntoSqlite } from './scenarios/sqlite-load';
import type { Work } from './measurement';

/** Prepares a contestant's work from its input; preparing is not measured. */
type Contestant = (input: unknown) => Promise<Work>;

export const contestants = {
	exportRequests,
	writeCsvByHand,
	loadSqlite,
	upsertIntoSqlite,
	loadPostgres,
	copyIntoPostgres,
} satisfies Record<string, Contestant>;

export type ContestantName = keyof typeof contestants;

export function isContestantName(name: string): name is ContestantName {
	return Object.hasOwn(contestants, name);
}
