import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSink } from '../../../pipelines/sinks/create-sink';
import { makeCertificate } from '../../support/make-certificate';
import { lacksPostgres, startPostgres, type TestPostgres } from '../../support/start-postgres';
import { makeDirectory, overlap } from './batches';
import { describePostgres } from './postgres-scene';

describePostgres('a PostgreSQL without TLS', (scene) => {
	test.each(['require', 'verify-full'])('is refused by sslmode=%s', async (mode) => {
		const url = `${scene().newTarget().url}&sslmode=${mode}`;
		await expect(createSink(url).open({ overlap })).rejects.toMatchObject({
			code: 'TARGET_UNUSABLE',
			message: expect.stringContaining('does not speak TLS'),
		});
	});

	test.each(['prefer', 'disable'])('is taken by sslmode=%s', async (mode) => {
		const session = await createSink(`${scene().newTarget().url}&sslmode=${mode}`).open({
			overlap,
		});
		await session.abandon();
	});
});

const describeTls = lacksPostgres() === undefined ? describe : describe.skip;

// Host names only: a certificate for an address would need another kind of name in it.
describeTls('a PostgreSQL with TLS and a root of its own', () => {
	const directory = makeDirectory();
	const root = join(directory, 'root.pem');
	const other = join(directory, 'other.pem');
	let server: TestPostgres | undefined;

	beforeAll(async () => {
		const tls = makeCertificate('localhost');
		writeFileSync(root, tls.certificate);
		writeFileSync(other, makeCertificate('localhost').certificate);
		server = await startPostgres({ tls });
	});
	afterAll(() => server?.stop());

	const open = async (host: string, options: string) => {
		const url = new URL(`${server?.url ?? ''}?schema=tls&${options}`);
		url.hostname = host;
		const session = await createSink(url.href).open({ overlap });
		await session.abandon();
	};

	test.each([
		['localhost', 'sslmode=prefer'],
		['localhost', 'sslmode=require'],
		['127.0.0.1', `sslmode=require&sslrootcert=${root}`],
		['127.0.0.1', `sslmode=verify-ca&sslrootcert=${root}`],
		['localhost', `sslmode=verify-full&sslrootcert=${root}`],
		['localhost', 'sslmode=disable'],
	])('is taken at %s with %s', async (host, options) => {
		await open(host, options);
	});

	test.each([
		['127.0.0.1', `sslmode=verify-full&sslrootcert=${root}`],
		['localhost', `sslmode=verify-full&sslrootcert=${other}`],
		['localhost', `sslmode=verify-ca&sslrootcert=${other}`],
		['localhost', `sslmode=require&sslrootcert=${other}`],
		['localhost', 'sslmode=verify-full'],
	])('is refused at %s with %s', async (host, options) => {
		await expect(open(host, options)).rejects.toMatchObject({
			code: 'TARGET_UNUSABLE',
			message: expect.stringContaining('certificate does not pass'),
			advice: expect.stringContaining('sslrootcert'),
		});
	});
});
