import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';
import type { FakeConcur } from '../../fake-concur';
import { formFor } from '../support/n8n/run-concur';
import { startFake } from '../support/start-fake';
import { startPostgres, type TestPostgres } from '../support/start-postgres';
import { startChat, type ChatStandIn } from './chat-stand-in';
import { N8nApi, type StoredWorkflow } from './n8n-api';
import { fillTemplate } from './template';
import type { WorkflowSketch } from './workflow';

const n8n = new N8nApi();
const HOUR_MS = 3_600_000;

async function until(what: string, isTrue: () => boolean, withinMs = 90_000): Promise<void> {
	const deadline = Date.now() + withinMs;
	while (!isTrue()) {
		if (Date.now() > deadline) throw new Error(`It did not happen in time: ${what}`);
		await sleep(150);
	}
}

/** n8n polls at once when a workflow is published, and each minute after that. */
async function publishAgain(workflow: StoredWorkflow): Promise<void> {
	await n8n.deactivate(workflow);
	await n8n.activate(workflow);
}

let chat: ChatStandIn;

beforeAll(async () => {
	chat = await startChat();
});

afterAll(() => chat.close());

beforeEach(() => {
	chat.texts.length = 0;
});

const TOKENS = z.array(z.object({ user_id: z.string(), member_id: z.string(), token: z.string() }));

describe('The template "Connect travelers"', () => {
	let postgres: TestPostgres;
	let database: Client;

	beforeAll(async () => {
		const started = await startPostgres();
		if (!started)
			throw new Error('This test needs PostgreSQL: install it or set TEST_POSTGRES_URL.');
		postgres = started;
		database = new Client({ connectionString: postgres.url });
		await database.connect();
		const setUp = readFileSync(join(__dirname, '../../workflows/supplier-connection.sql'), 'utf8');
		await database.query(setUp);
		const { rows } = await database.query<{ name: string }>('SELECT current_user AS name');
		await database.query(
			`ALTER ROLE "${rows[0]?.name ?? ''}" SET concur.key = 'a long random text'`,
		);
	});

	afterAll(async () => {
		await database.end();
		await postgres.stop();
	});

	/** Members who fit the travelers in each way that the template tells apart; returns what follows. */
	async function enroll(fake: FakeConcur): Promise<Map<string, string>> {
		const { all } = fake.connections;
		const byEmail = all.find(({ emails }) => emails.some((email) => email !== null));
		const others = all.filter((each) => each !== byEmail && each.loyaltyNumber !== null);
		const [byNumber, otherName, attention] = others;
		if (!byEmail || !byNumber || !otherName || !attention) throw new Error('Choose another seed');
		const member = (...facts: unknown[]) =>
			database.query('INSERT INTO concur_members VALUES ($1, $2, $3, $4, $5, $6)', facts);
		const inCapitals = byNumber.user.lastName.toUpperCase();
		await member('M1', byNumber.loyaltyNumber, inCapitals, '', false, false);
		// The fake gives several travelers the same addresses.
		byEmail.emails[0] = 'Only.One@fake-concur.example';
		const verified = 'only.one@FAKE-concur.example';
		await member('M2', 'another number', byEmail.user.lastName, verified, true, false);
		await member('M3', otherName.loyaltyNumber, 'Somebody Else', '', false, false);
		await member('M4', attention.loyaltyNumber, attention.user.lastName, '', false, true);
		return new Map([
			...all.map(({ id }): [string, string] => [id, 'CREU1']),
			[byNumber.id, 'CRSUC'],
			[byEmail.id, 'CRSUC'],
			[otherName.id, 'CREU2'],
			[attention.id, 'CREU3'],
		]);
	}

	async function fill(fake: FakeConcur): Promise<WorkflowSketch> {
		const { hostname, port, username, pathname } = new URL(postgres.url);
		const credentials = {
			sapConcurApi: await n8n.createCredential('sapConcurApi', 'Supplier', formFor(fake)),
			postgres: await n8n.createCredential('postgres', 'Members', {
				host: hostname,
				port: Number(port),
				user: username,
				database: pathname.slice(1),
				password: '',
				ssl: 'disable',
			}),
		};
		return fillTemplate('supplier-connection.json', credentials, chat.url);
	}

	async function publish(fake: FakeConcur): Promise<StoredWorkflow> {
		const workflow = await n8n.createWorkflow(await fill(fake));
		await n8n.activate(workflow);
		return workflow;
	}

	it('takes up what has waited for more than an hour, as after a run that died', async () => {
		const fake = await startFake({ seed: 10, users: 8, requests: 0, connectionRequests: 4 });
		const newcomer = fake.world.users.find(
			({ id }) => !fake.connections.all.some(({ user }) => user.id === id),
		);
		if (!newcomer) throw new Error('The fake has too few users');
		const fresh = fake.connections.add(newcomer, fake.clock.now().getTime());
		await n8n.runUnsaved(await fill(fake), 'Every Hour');
		for (const { id, puts } of fake.connections.all) {
			expect(puts).toHaveLength(id === fresh.id ? 0 : 1);
		}
	});

	it('answers each traveler once, keeps the connections encrypted, and alerts on the last attempt', async () => {
		const fake = await startFake({ seed: 9, users: 12, requests: 0, connectionRequests: 8 });
		fake.quirks.grantedScopes = 'CONREQ';
		const wanted = await enroll(fake);
		const workflow = await publish(fake);
		try {
			const puts = () => fake.connections.all.map((each) => each.puts);
			const everyone = (times: number) => puts().every((own) => own.length === times);
			await until('everyone is answered', () => everyone(1));
			for (const { id, puts: own } of fake.connections.all) expect(own).toEqual([wanted.get(id)]);

			// A newcomer, found by the trigger's own clock.
			const newcomer = fake.world.users.find(
				({ id }) => !fake.connections.all.some(({ user }) => user.id === id),
			);
			if (!newcomer) throw new Error('The fake has too few users');
			fake.connections.add(newcomer, fake.clock.now().getTime());
			await until('the newcomer is answered', () => everyone(1));

			// What was refused comes back after a day, four times.
			for (let day = 2; day <= 4; day++) {
				expect(chat.texts).toEqual([]);
				fake.clock.advance(25 * HOUR_MS);
				// n8n's own clock stays, so Concur's Date needs a second sign that the day has passed.
				const now = fake.clock.now().getTime();
				for (const each of fake.connections.all) each.lastModified = now;
				await publishAgain(workflow);
				await until(`day ${day}`, () =>
					puts().every((own) => own[0] === 'CRSUC' || own.length === day),
				);
			}
			const refused = puts().filter(([first]) => first !== 'CRSUC').length;
			await until('somebody is told', () => chat.texts.length === refused);
			expect(chat.texts[0]).toMatch(/notFound|doesNotMatch|needsAttention/);

			const { rows } = await database.query(
				`SELECT user_id, member_id, pgp_sym_decrypt(refresh_token, 'a long random text') AS token
				FROM concur_connections ORDER BY member_id`,
			);
			const kept = TOKENS.parse(rows);
			expect(kept.map((row) => row.member_id)).toEqual(['M1', 'M2']);
			for (const { token } of kept) expect(fake.secrets()).toContain(token);
			for (const { emailsSent, puts: own } of fake.connections.all) {
				expect(emailsSent).toBe(own.length);
				expect(own.length).toBe(own[0] === 'CRSUC' ? 1 : 4);
			}
		} finally {
			await n8n.deactivate(workflow);
		}
	});
});

describe('The template "Tell the approvers"', () => {
	it('posts a message when a request is submitted, by the published trigger', async () => {
		const fake = await startFake({ seed: 9, users: 3, requests: 20 });
		const credentials = {
			sapConcurApi: await n8n.createCredential('sapConcurApi', 'Company', formFor(fake)),
		};
		const workflow = await n8n.createWorkflow(
			fillTemplate('approval-notification.json', credentials, chat.url),
		);
		await n8n.activate(workflow);
		try {
			const traveler = fake.world.users[0]?.id ?? '';
			const id = fake.world.create({ name: 'Training in Lyon' }, traveler);
			fake.world.act(id, 'submit');
			// Past the half minute that Concur is given to finish what it has begun.
			fake.clock.advance(2 * 60_000);
			await until('the message is posted', () => chat.texts.length > 0, 150_000);
			expect(chat.texts).toHaveLength(1);
			expect(chat.texts[0]).toContain('asks to travel: Training in Lyon');
			expect(chat.texts[0]).toContain(fake.world.users[1]?.lastName ?? '-');
		} finally {
			await n8n.deactivate(workflow);
		}
	});
});
