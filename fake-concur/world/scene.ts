import type { Quirks } from '../quirks';
import { formatTimestamp } from '../timestamps';
import type { Ids } from './ids';
import type { Ledger } from './ledger';
import type { User } from './users';

/** Where the fake can be reached; known once its listeners are up. */
export interface Hosts {
	home: string;
	moved: string;
	trap: string;
}

/** What every derivation of a body needs. */
export interface Scene {
	readonly seed: number;
	readonly ids: Ids;
	readonly users: readonly User[];
	readonly ledger: Ledger;
	readonly quirks: Quirks;
	readonly hosts: Hosts;
}

/** A timestamp in the style the quirks ask for. */
export function stamp(scene: Scene, ms: number): string {
	return formatTimestamp(ms, scene.quirks.timestamps);
}

/** A timestamp of a comment or cash advance, which the documentation also shows without a zone. */
export function childStamp(scene: Scene, ms: number): string {
	return formatTimestamp(ms, scene.quirks.timestamps, !scene.quirks.zonelessChildren);
}

/** A time as lastModified keeps it: with milliseconds, or (a quirk) in whole seconds. */
export function modifiedTime(scene: Scene, ms: number): number {
	return scene.quirks.modifiedPrecision === 's' ? Math.floor(ms / 1000) * 1000 : Math.floor(ms);
}
