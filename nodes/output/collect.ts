/** The first `most` records of pages, or all; no page is asked for that is not needed. */
export async function collectUpTo<T>(
	most: number | undefined,
	pages: AsyncIterable<readonly T[]>,
): Promise<T[]> {
	const records: T[] = [];
	for await (const page of pages) {
		records.push(...page);
		if (most !== undefined && records.length >= most) break;
	}
	return most === undefined ? records : records.slice(0, most);
}
