import { Writable } from 'node:stream';

/** Standard output of a tap that runs in this process. */
export class TapOutput extends Writable {
	text = '';

	override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
		this.text += chunk.toString();
		done();
	}
}

/** A loader that goes away. */
export class ClosedOutput extends Writable {
	override _write(_chunk: Buffer, _encoding: BufferEncoding, done: (error: Error) => void): void {
		done(new Error('EPIPE: broken pipe'));
	}
}
