import { inspect } from 'node:util';
import { checkServer } from '../../../pipelines/sinks/postgres/check-server';
import { readPostgresTarget } from '../../../pipelines/sinks/postgres/target-url';
import { tlsOptions } from '../../../pipelines/sinks/postgres/tls';
import { createSink } from '../../../pipelines/sinks/create-sink';

const read = (to: string, env: Record<string, string> = {}) => readPostgresTarget(to, env);

describe('a PostgreSQL target', () => {
	test('is read from its URL, and shows no password', () => {
		const target = read(
			'postgres://me:pa55%2Fword%40@db.example:6543/my%20data?schema=concur&connect_timeout=3&application_name=etl&options=-c%20work_mem%3D1MB',
		);
		expect(target).toMatchObject({
			label: 'postgres://me@db.example:6543/my%20data?schema=concur',
			schema: 'concur',
			connection: {
				...{ host: 'db.example', port: 6543, user: 'me', database: 'my data' },
				...{ applicationName: 'etl', connectTimeoutMs: 3000, options: '-c work_mem=1MB' },
				tls: { mode: 'prefer' },
			},
		});
		expect(target.connection.password?.()).toBe('pa55/word@');
		expect(inspect(target, { depth: 9 }) + JSON.stringify(target)).not.toContain('pa55');
	});

	test("takes what the URL does not say from libpq's variables", () => {
		const env = {
			...{ PGHOST: 'env.example', PGPORT: '6000', PGUSER: 'env', PGPASSWORD: 'hush' },
			...{ PGDATABASE: 'data', PGSSLMODE: 'verify-full', PGAPPNAME: 'app', PGCONNECT_TIMEOUT: '7' },
		};
		const { label, schema, connection } = read('postgresql://', env);
		expect(label).toBe('postgres://env@env.example:6000/data?schema=sap_concur');
		expect(schema).toBe('sap_concur');
		expect(connection).toMatchObject({
			...{ applicationName: 'app', connectTimeoutMs: 7000, tls: { mode: 'verify-full' } },
		});
		expect(connection.password?.()).toBe('hush');
		expect(read('postgres://me@h:1/d?sslmode=disable', env)).toMatchObject({
			label: 'postgres://me@h:1/d?schema=sap_concur',
			connection: { tls: { mode: 'disable' } },
		});
	});

	test.each([
		['postgres://me@[::1]:6000/d?schema=public', 'postgres://me@[::1]:6000/d?schema=public'],
		['postgres:///d?host=::1&user=a%3Ab', 'postgres://a%3Ab@[::1]:5432/d?schema=sap_concur'],
		['postgres://a%3Ab:p@h/x%3By', 'postgres://a%3Ab@h:5432/x%3By?schema=sap_concur'],
	])('%s is taken as it is encoded', (to, label) => {
		expect(read(to).label).toBe(label);
	});

	test.each([
		['postgres:///data?host=/run/postgresql&user=me', '/run/postgresql'],
		['postgres://me:pa55@/data?host=/run/postgresql', '/run/postgresql'],
		['postgres://me@%2Frun%2Fpostgresql/data', '/run/postgresql'],
	])('%s is a socket of this machine, where TLS has no place', (to, host) => {
		expect(read(to, { PGSSLMODE: 'require' })).toMatchObject({
			label: 'postgres://me@%2Frun%2Fpostgresql:5432/data?schema=sap_concur',
			connection: { host, tls: { mode: 'disable' } },
		});
	});

	test.each([
		['a password that was not encoded', 'postgres://me:pa55/word@host/db', '%2F'],
		['a password that looks like a port', 'postgres://me:55/pa55word@host/db', '%2F'],
		['a password with a #', 'postgres://me:55#pa55word@host/db', '%23'],
		['a password with a ?', 'postgres://me:55?pa55word@host/db', '%3F'],
		['a password with a lonely %', 'postgres://me:pa55%zz@host/db', '%25'],
		['an option nobody knows', 'postgres://me:pa55word@host/db?shema=x', 'schema'],
		['an sslmode nobody knows', 'postgres://me:pa55word@host/db?sslmode=allow', 'verify-full'],
		['several hosts', 'postgres://me:pa55word@/db?host=one,two', 'Name one'],
		['a port that is none', 'postgres://me:pa55word@host/db?port=x', 'port'],
		['a schema of the system', 'postgres://me:pa55word@host/db?schema=pg_toast', 'pg_'],
		['the schema of views', 'postgres://me:pa55word@host/db?schema=information_schema', 'pg_'],
		['a schema that looks so', 'postgres://me:pa55word@host/db?schema=PG_Temp_3', 'pg_'],
		['no slashes', 'postgres:me:pa55word', 'postgres://USER@HOST'],
		['no slashes before a host', 'postgres:me:pa55word@host/db', 'postgres://USER@HOST'],
		['one slash', 'postgresql:/me:pa55word@host/db', 'postgres://USER@HOST'],
		['three slashes', 'postgres:///me:pa55word', '%3A'],
		['a login behind the database', 'postgres://host/me:pa55word', '%3A'],
		['a login for a schema', 'postgres://host/db?schema=me:pa55word', '%3A'],
		['options parted by a semicolon', 'postgres://h/db?schema=x;password=pa55word', 'encode'],
		['settings for a host', 'postgres://host=h;password=pa55word', 'encode'],
		['settings for a user', 'postgres://me;password=pa55word@h/db', 'encode'],
		['settings for an address', 'postgres://me@h/db?host=h;password=pa55word', 'encode'],
		['a user with a login', 'postgres://h/db?user=me:pa55word', 'encode'],
		['libpq settings', 'postgres:host=h user=me password=pa55word', 'postgres://USER@HOST'],
		['nothing to verify with', 'postgres://me:pa55word@h/db?sslmode=verify-ca', 'sslrootcert'],
		[
			'roots that prove nothing',
			'postgres://me:pa55word@h/db?sslmode=require&sslrootcert=system',
			'verify-full',
		],
	])('%s is refused without repeating it', (_what, to, advice) => {
		let thrown: unknown;
		try {
			createSink(to);
		} catch (error) {
			thrown = error;
		}
		expect(thrown).toMatchObject({
			code: 'TARGET_OPTION',
			advice: expect.stringContaining(advice),
		});
		expect(inspect(thrown, { depth: 9 })).not.toContain('pa55');
	});
});

describe('sslmode', () => {
	const root = __filename;
	test.each([
		['disable', {}, false],
		['prefer', {}, []],
		['require', {}, []],
		['require', { PGSSLROOTCERT: root }, ['root', 'this root']],
		['verify-ca', { PGSSLROOTCERT: root }, ['root', 'this root']],
		['verify-full', { PGSSLROOTCERT: root }, ['root', 'this root', 'host']],
		['verify-full', { PGSSLROOTCERT: 'system' }, ['root', 'host']],
		['verify-full', {}, ['root', 'host']],
	])('%s with %j checks what libpq checks', (mode, env, expected) => {
		const options = tlsOptions(read(`postgres://me@h/d?sslmode=${mode}`, env).connection.tls);
		const checks = options && [
			...(options.rejectUnauthorized ? ['root'] : []),
			...(options.ca === undefined ? [] : ['this root']),
			...(options.checkServerIdentity === undefined ? ['host'] : []),
		];
		expect(checks).toEqual(expected);
	});

	test('a certificate file that is not there is named', () => {
		const { tls } = read('postgres://me@h/d?sslmode=verify-ca&sslrootcert=/no/root.pem').connection;
		expect(() => tlsOptions(tls)).toThrow('/no/root.pem');
	});
});

describe('a server', () => {
	const good = {
		...{ pid: 1, startedAt: '', version: 120_000, versionText: '12.0', encoding: 'UTF8' },
		inRecovery: 'false',
	} as const;

	test('that is new enough is taken, and a standby can be read', () => {
		checkServer('t', good, 'write');
		checkServer('t', { ...good, inRecovery: 'true' }, 'read');
	});

	test.each([
		['too old', { version: 110_022, versionText: '11.22' }, 'PostgreSQL 11.22'],
		['a standby', { inRecovery: 'true' }, 'standby'],
	] as const)('that is %s is refused', (_what, change, named) => {
		expect(() => checkServer('t', { ...good, ...change }, 'write')).toThrow(
			expect.objectContaining({ code: 'TARGET_UNUSABLE', message: expect.stringContaining(named) }),
		);
	});
});
