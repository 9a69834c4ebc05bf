import { createSink } from '../../../pipelines/sinks/create-sink';
import { PASSWORD_ROLE } from '../../support/start-postgres';
import { batch, overlap, run, thin } from './batches';
import { describePostgres, execute } from './postgres-scene';

const PASSWORD = 'pa55 wörd/@:%';

describePostgres('a PostgreSQL that says no', (scene) => {
	let made = 0;
	const server = () => scene().server.url;

	/** A login with a password and no right but to connect. */
	const newRole = async (): Promise<string> => {
		const role = `role_${process.pid}_${++made}`;
		await execute(
			server(),
			`DO $$ BEGIN CREATE ROLE ${PASSWORD_ROLE}; EXCEPTION WHEN duplicate_object THEN END $$;
			CREATE ROLE ${role} LOGIN PASSWORD '${PASSWORD}' IN ROLE ${PASSWORD_ROLE}`,
		);
		return role;
	};

	const urlOf = (change: Partial<URL>, schema = 'refused') => {
		const url = Object.assign(new URL(server()), change);
		url.searchParams.set('schema', schema);
		return url.href;
	};

	const refusal = async (url: string): Promise<Error> => {
		const error: unknown = await createSink(url)
			.open({ overlap })
			.catch((thrown: unknown) => thrown);
		if (!(error instanceof Error)) throw new Error('It was let in');
		const said = JSON.stringify(error, Object.getOwnPropertyNames(error)) + (error.stack ?? '');
		for (const form of ['pa55', 'wörd', encodeURIComponent(PASSWORD), 'wrong-hush'])
			expect(said).not.toContain(form);
		return error;
	};

	const loginOf = (role: string, password = PASSWORD) => ({
		username: role,
		password: encodeURIComponent(password),
	});

	test('a wrong password, and none at all', async () => {
		const role = await newRole();
		expect(await refusal(urlOf(loginOf(role, 'wrong-hush')))).toMatchObject({
			code: 'TARGET_UNUSABLE',
			message: expect.stringContaining(`password authentication failed for user "${role}"`),
			advice: expect.stringContaining('PGPASSWORD'),
		});
		expect(await refusal(urlOf({ username: role }))).toMatchObject({
			code: 'TARGET_UNUSABLE',
			message: expect.stringContaining('asks for a password'),
		});
	});

	test('no such database, and a server that is not there', async () => {
		expect(await refusal(urlOf({ pathname: '/nowhere' }))).toMatchObject({
			code: 'TARGET_UNUSABLE',
			message: expect.stringContaining('"nowhere" does not exist'),
			advice: expect.stringContaining('Create the database'),
		});
		expect(await refusal(urlOf({ port: '1' }))).toMatchObject({
			code: 'TARGET_UNREACHABLE',
			message: expect.stringContaining('127.0.0.1:1'),
		});
	});

	test('a role without the right to create: named, until an administrator has made room', async () => {
		const role = await newRole();
		const place = scene().newTarget();
		const url = urlOf(loginOf(role), place.schema);
		const lacking = { code: 'TARGET_UNUSABLE', advice: expect.stringContaining('GRANT') };
		expect(await refusal(url)).toMatchObject({
			...lacking,
			message: expect.stringContaining('permission denied for database'),
		});
		await place.execute(`CREATE SCHEMA {}; GRANT USAGE ON SCHEMA {} TO ${role}`);
		expect(await refusal(url)).toMatchObject({
			...lacking,
			message: expect.stringContaining('permission denied for schema'),
		});
		await run(place.sink, batch([thin('1')]));
		expect(await refusal(url)).toMatchObject({
			...lacking,
			message: expect.stringContaining('permission denied for table'),
		});
		await place.execute(
			`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {} TO ${role}`,
		);
		// What needs no migration needs no right to create either.
		expect(await run(createSink(url), batch([thin('1'), thin('2')]))).toMatchObject([
			{ travel_requests: { inserted: 1, unchanged: 1 } },
		]);
	});

	test('a read-only database', async () => {
		const role = await newRole();
		await execute(server(), `ALTER ROLE ${role} SET default_transaction_read_only = on`);
		expect(await refusal(urlOf(loginOf(role)))).toMatchObject({
			code: 'TARGET_UNUSABLE',
			message: expect.stringContaining('read-only'),
		});
	});

	test('a database whose encoding cannot hold every text', async () => {
		const name = `latin_${process.pid}`;
		await execute(
			server(),
			`CREATE DATABASE ${name} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`,
		);
		expect(await refusal(urlOf({ pathname: `/${name}` }))).toMatchObject({
			code: 'TARGET_UNUSABLE',
			message: expect.stringContaining('LATIN1'),
		});
		await execute(server(), `DROP DATABASE ${name}`);
	});

	test.each([
		['a full disk', `RAISE 'No space left on device' USING ERRCODE = '53100'`, 'Make room'],
		['a slow statement', 'PERFORM pg_sleep(5)', 'statement_timeout'],
		["somebody's lock", `RAISE 'lock' USING ERRCODE = '55P03'`, 'pg_stat_activity'],
	])('%s in the midst of a run', async (_what, trouble, advice) => {
		const place = scene().newTarget();
		await run(place.sink, batch([thin('1')]));
		await place.execute(
			`CREATE FUNCTION {}.trouble() RETURNS trigger LANGUAGE plpgsql AS
			$$ BEGIN ${trouble}; RETURN NEW; END $$;
			CREATE TRIGGER trouble BEFORE INSERT ON {}.travel_requests
			FOR EACH ROW EXECUTE FUNCTION {}.trouble()`,
		);
		const url = new URL(place.url);
		url.searchParams.set('options', '-c statement_timeout=100');
		const session = await createSink(url.href).open({ overlap });
		await expect(session.write(batch([thin('2')]))).rejects.toMatchObject({
			code: 'TARGET_WRITE_FAILED',
			advice: expect.stringContaining(advice),
		});
		await place.execute('DROP TRIGGER trouble ON {}.travel_requests');
		expect(await session.write(batch([thin('2')]))).toMatchObject({
			travel_requests: { inserted: 1 },
		});
		await session.abandon();
	});
});
