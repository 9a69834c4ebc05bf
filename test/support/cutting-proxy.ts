import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { listenLocally } from './listen-locally';

/** Where a connection is cut: at a piece of data that the client sends. */
export interface Cut {
	/** The piece, counted from 1 over all connections since the cut was asked for… */
	readonly piece?: number;
	/** …or the first one with this text in it. */
	readonly text?: string;
	/**
	 * `before`: the piece never reaches the server. `after`: it does, and its answer is thrown away.
	 * `unnoticed`: as before, and the server goes on waiting, as it does for a machine that vanished.
	 */
	readonly when: 'before' | 'after' | 'unnoticed';
}

/** Stands between a client and a server, and cuts connections at moments that a test chooses. */
export interface CuttingProxy {
	readonly port: number;
	/** Cuts that were made. */
	readonly cuts: number;
	/** Cuts one connection, once. Replaces what was asked for before. */
	cutAt(cut: Cut | undefined): void;
	close(): Promise<void>;
}

export async function startCuttingProxy(target: {
	readonly host: string;
	readonly port: number;
}): Promise<CuttingProxy> {
	let asked: Cut | undefined;
	let pieces = 0;
	let cuts = 0;
	const sockets = new Set<Socket>();
	const server = createServer({ noDelay: true }, (client) => {
		const upstream = connect({ ...target, noDelay: true });
		let deaf = false;
		const end = (): void => {
			client.destroy();
			upstream.destroy();
		};
		for (const socket of [client, upstream]) {
			sockets.add(socket);
			socket.on('error', end);
			socket.on('close', end);
		}
		client.on('data', (piece) => {
			pieces++;
			const cut = asked && isMoment(asked, pieces, piece) ? asked : undefined;
			if (!cut) {
				upstream.write(piece);
				return;
			}
			asked = undefined;
			cuts++;
			if (cut.when === 'unnoticed') {
				client.off('close', end);
				client.destroy();
				return;
			}
			if (cut.when === 'before') {
				end();
				return;
			}
			deaf = true;
			upstream.write(piece);
		});
		upstream.on('data', (answer) => {
			if (deaf) end();
			else client.write(answer);
		});
	});
	const port = await listenLocally(server);
	return {
		port,
		get cuts() {
			return cuts;
		},
		cutAt(cut) {
			asked = cut;
			pieces = 0;
		},
		async close() {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}

function isMoment(cut: Cut, pieces: number, piece: Buffer): boolean {
	return cut.text === undefined ? cut.piece === pieces : piece.includes(cut.text);
}
