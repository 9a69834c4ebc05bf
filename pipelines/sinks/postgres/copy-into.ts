import type { Client } from 'pg';

/**
 * Runs a COPY … FROM STDIN. One chunk is written when the one before has left: pg-copy-streams must
 * hold none when the server answers with an error, or it writes on into a connection it has let go
 * of, and for the same reason it is never destroyed. Whatever arrives after an error is ignored by
 * the server.
 */
export async function copyInto(
	client: Client,
	sql: string,
	chunks: Iterable<Buffer>,
): Promise<void> {
	const { from } = await import('pg-copy-streams');
	const stream = client.query(from(sql));
	const state = { failed: false };
	const failure = new Promise<never>((_resolve, reject) => {
		stream.on('error', (error) => {
			state.failed = true;
			reject(error);
		});
	});
	const sending = (async () => {
		for (const chunk of chunks) {
			if (state.failed) return;
			await new Promise<void>((written) => stream.write(chunk, () => written()));
		}
		if (state.failed) return;
		await new Promise<void>((finished) => stream.end(finished));
	})();
	await Promise.race([sending, failure]);
	// The last write may have been answered by the error that ends the race a moment later.
	if (state.failed) await failure;
}
