/** A span of modification times in whole seconds since 1970, both ends included. */
export interface Window {
	readonly from: number;
	readonly to: number;
}

/** For records that no window of modification time has listed. */
export const NO_WINDOW: Window = { from: 0, to: 0 };

export function isNoWindow({ from, to }: Window): boolean {
	return from === NO_WINDOW.from && to === NO_WINDOW.to;
}

/** A window all of whose records one list call returned, and the server second of that call. */
export interface ClosedWindow extends Window {
	readonly listedAt: number;
	/** That `listedAt` had two signs. Versions that stored windows without it believed one `Date`. */
	readonly confirmed?: true;
}

/** What is left of `windows` once `holes` are cut out; each part keeps what its window carried. */
export function subtract<W extends Window>(windows: readonly W[], holes: readonly Window[]): W[] {
	let left = [...windows];
	for (const hole of holes) {
		left = left.flatMap((window) => {
			if (hole.to < window.from || hole.from > window.to) return [window];
			const parts: W[] = [];
			if (hole.from > window.from) parts.push({ ...window, to: hole.from - 1 });
			if (hole.to < window.to) parts.push({ ...window, from: hole.to + 1 });
			return parts;
		});
	}
	return left;
}
