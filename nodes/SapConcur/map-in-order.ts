/**
 * Maps 0 to `count` - 1 with at most `width` under way at once, results in order. The first failure
 * is thrown and nothing more is begun.
 */
export async function mapInOrder<T>(
	count: number,
	width: number,
	map: (index: number) => Promise<T>,
): Promise<T[]> {
	const results: T[] = [];
	let next = 0;
	let failed = false;

	async function work(): Promise<void> {
		while (next < count && !failed) {
			const index = next++;
			let mapped = false;
			try {
				results[index] = await map(index);
				mapped = true;
			} finally {
				failed ||= !mapped;
			}
		}
	}

	await Promise.all(Array.from({ length: Math.min(width, count) }, work));
	return results;
}
