import { codeOf } from '../../../concur/error-like';
import type { Backend, Connection } from './connection';

/**
 * Ends the server's side of a session that this process has lost: its transaction ends with it,
 * committed or undone, and its locks are free. Every role may do so to its own sessions; where a
 * provider forbids it, the server's own time limits end them, only later.
 */
export async function endBackend(connection: Connection, backend: Backend): Promise<void> {
	try {
		await connection.run(
			`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE pid = $1 AND backend_start = $2::timestamptz`,
			[backend.pid, backend.startedAt || null],
		);
	} catch (error) {
		if (codeOf(error) !== '42501') throw error;
	}
}
