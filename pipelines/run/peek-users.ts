export interface PeekedUsers {
	/** All of them, as they come. */
	readonly users: AsyncIterable<string>;
	/** Whether the first is the token's own user. */
	readonly readsOwn: boolean;
	readonly areSeveral: boolean;
}

/** Looks at the first two users before any is read. Why they could not be had is told in their turn. */
export async function peekUsers(users: AsyncIterable<string>): Promise<PeekedUsers> {
	const coming = users[Symbol.asyncIterator]();
	const seen: string[] = [];
	let failure: { readonly error: unknown } | undefined;
	let isDone = false;
	try {
		while (seen.length < 2 && !isDone) {
			const step = await coming.next();
			if (step.done) isDone = true;
			else seen.push(step.value);
		}
	} catch (error) {
		failure = { error };
	}
	async function* replay(): AsyncGenerator<string> {
		yield* seen;
		if (failure) throw failure.error;
		for (let step = await coming.next(); !step.done; step = await coming.next()) yield step.value;
	}
	return { users: replay(), readsOwn: seen[0] === '', areSeveral: seen.length > 1 };
}
