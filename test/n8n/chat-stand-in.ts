import { once } from 'node:events';
import { createServer } from 'node:http';

/** A chat's incoming webhook: keeps the texts it is sent. */
export interface ChatStandIn {
	readonly url: string;
	readonly texts: string[];
	close(): Promise<void>;
}

export async function startChat(): Promise<ChatStandIn> {
	const texts: string[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			texts.push(Buffer.concat(chunks).toString());
			response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	return {
		url: `http://127.0.0.1:${port}/hook`,
		texts,
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
