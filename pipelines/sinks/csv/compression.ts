import zlib from 'node:zlib';
import type { Transform } from 'node:stream';
import { ConfigurationError } from '../../../concur/errors';

export type Compression = 'gz' | 'zst';

/**
 * A compressor of that kind; undefined for none.
 * @throws {ConfigurationError} where this Node.js cannot do it.
 */
export function createCompressor(compression: Compression | undefined): Transform | undefined {
	if (compression === undefined) return undefined;
	// Higher levels cost several times the time for a few percent of these files.
	if (compression === 'gz') return zlib.createGzip({ level: 2 });
	checkCompression(compression);
	return zlib.createZstdCompress();
}

export function checkCompression(compression: Compression | undefined): void {
	if (compression !== 'zst' || typeof zlib.createZstdCompress === 'function') return;
	throw new ConfigurationError(
		'COMPRESSION_MISSING',
		`Node.js ${process.versions.node} cannot write zstd.`,
		{ advice: 'Use Node.js 22.15 or later, or compress=gz.' },
	);
}
