import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { Random } from '../../fake-concur/random';
import { TEST_SEED } from './seed';
import { listenLocally } from './listen-locally';

/**
 * Stands before a PostgreSQL that trusts everybody, as a connection pooler does: clients share a
 * few sessions on the server.
 */
export interface PoolingProxy {
	readonly port: number;
	/** Statements that clients have sent. */
	readonly statements: string[];
	close(): Promise<void>;
}

export interface PoolRules {
	/** When a client's session goes back: at its end, at each transaction's, or at each statement's. */
	readonly mode: 'session' | 'transaction' | 'statement';
	/** Which free session is handed out: the one that came back last or first, or any. */
	readonly next: 'last' | 'first' | 'any';
	/** Sessions on the server, open from the beginning. */
	readonly size: number;
	/** Whether clients are told the server's own key for cancelling, or one that is made up. */
	readonly showsKey?: boolean;
}

/** A session on the server, and whom it serves at the moment. */
interface Upstream {
	readonly socket: Socket;
	/** What the server said when it let the session in. */
	readonly welcome: readonly Buffer[];
	client: Downstream | undefined;
}

interface Downstream {
	readonly socket: Socket;
	upstream: Upstream | undefined;
	/** What waits for a session. */
	readonly waiting: Buffer[];
}

const SSL_REQUEST = 80877103;
const random = new Random(TEST_SEED, 9);

export async function startPoolingProxy(
	target: { readonly host: string; readonly port: number; readonly user: string },
	rules: PoolRules,
): Promise<PoolingProxy> {
	const statements: string[] = [];
	const free: Upstream[] = [];
	const clients: Downstream[] = [];
	for (let opened = 0; opened < rules.size; opened++) free.push(await openUpstream(target));
	const all = [...free];

	const assign = (): void => {
		for (const client of clients) {
			if (client.upstream === undefined && client.waiting.length > 0) {
				const upstream = pick(free, rules.next);
				if (!upstream) return;
				client.upstream = upstream;
				upstream.client = client;
			}
			for (const message of client.waiting.splice(0)) client.upstream?.socket.write(message);
		}
	};
	const release = (client: Downstream): void => {
		const { upstream } = client;
		if (!upstream) return;
		client.upstream = undefined;
		upstream.client = undefined;
		free.push(upstream);
		assign();
	};
	for (const upstream of all) {
		const read = messageReader(true);
		upstream.socket.on('data', (piece) => {
			for (const message of read(piece)) {
				const { client } = upstream;
				client?.socket.write(message);
				// ReadyForQuery, outside a transaction.
				const isIdle = message[0] === 0x5a && message[5] === 0x49;
				if (client && isIdle && rules.mode !== 'session') release(client);
			}
		});
	}

	const server = createServer({ noDelay: true }, (socket) => {
		const client: Downstream = { socket, upstream: undefined, waiting: [] };
		let read = messageReader(false);
		let isIn = false;
		socket.on('error', () => undefined);
		socket.on('close', () => {
			clients.splice(clients.indexOf(client), 1);
			release(client);
		});
		clients.push(client);
		socket.on('data', (piece) => {
			for (const message of read(piece)) {
				if (!isIn && message.readInt32BE(4) === SSL_REQUEST) {
					socket.write('N');
				} else if (!isIn) {
					isIn = true;
					read = messageReader(true);
					for (const word of greet(all[0]?.welcome ?? [], rules)) socket.write(word);
				} else if (message[0] === 0x58) {
					socket.end();
				} else {
					const text = message.subarray(5, -1).toString();
					if (message[0] === 0x51) statements.push(text);
					if (rules.mode === 'statement' && text.startsWith('BEGIN')) refuse(socket);
					else client.waiting.push(message);
					assign();
				}
			}
		});
	});
	const port = await listenLocally(server);
	return {
		port,
		statements,
		async close() {
			for (const { socket } of [...all, ...clients]) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}

async function openUpstream(target: {
	readonly host: string;
	readonly port: number;
	readonly user: string;
}): Promise<Upstream> {
	const socket = connect({ ...target, noDelay: true });
	socket.on('error', () => undefined);
	await once(socket, 'connect');
	const words = Buffer.from(`\0\x03\0\0user\0${target.user}\0database\0postgres\0\0`);
	const length = Buffer.alloc(4);
	length.writeInt32BE(words.length + 4);
	socket.write(Buffer.concat([length, words]));
	const read = messageReader(true);
	const welcome: Buffer[] = [];
	for await (const piece of socket.iterator({ destroyOnReturn: false })) {
		if (!Buffer.isBuffer(piece)) throw new Error('The server sent no bytes');
		welcome.push(...read(piece));
		if (welcome.at(-1)?.[0] === 0x5a) return { socket, welcome, client: undefined };
	}
	throw new Error('The server let nobody in');
}

/** The server's welcome, with a key that is made up where the pooler has keys of its own. */
function greet(welcome: readonly Buffer[], { showsKey = false }: PoolRules): Buffer[] {
	return welcome.map((message) => {
		if (message[0] !== 0x4b || showsKey) return message;
		const key = Buffer.from(message);
		key.writeInt32BE(-1_083_363_224, 5);
		return key;
	});
}

function pick(free: Upstream[], next: PoolRules['next']): Upstream | undefined {
	if (next === 'last') return free.pop();
	if (next === 'first') return free.shift();
	return free.splice(random.between(0, free.length - 1), 1)[0];
}

function refuse(socket: Socket): void {
	const fields = Buffer.from(
		'SERROR\0C08P01\0Mtransaction blocks not allowed in statement pooling mode\0\0',
	);
	const head = Buffer.alloc(5);
	head.write('E');
	head.writeInt32BE(fields.length + 4, 1);
	socket.write(Buffer.concat([head, fields, Buffer.from('Z\0\0\0\x05I')]));
}

/** Cuts a stream into messages; the first ones of a client have no letter before their length. */
function messageReader(hasLetter: boolean): (piece: Buffer) => Buffer[] {
	let rest = Buffer.alloc(0);
	const at = hasLetter ? 1 : 0;
	return (piece) => {
		rest = Buffer.concat([rest, piece]);
		const messages: Buffer[] = [];
		while (rest.length >= at + 4) {
			const length = at + rest.readInt32BE(at);
			if (rest.length < length) break;
			messages.push(rest.subarray(0, length));
			rest = rest.subarray(length);
		}
		return messages;
	};
}
