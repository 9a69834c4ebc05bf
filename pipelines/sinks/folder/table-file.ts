import type { Row, Table } from '../../tables/table';

/** What a finished file turned out to be. */
export interface FileFacts {
	readonly rows: number;
	readonly bytes: number;
	readonly sha256: string;
}

/** A table's file in a part that is not committed yet. */
export interface TableFile {
	appendRows(rows: readonly Row[], extractedAt: string): Promise<void>;
	/** A row that says that a record is gone: its id and when that was seen. */
	appendTombstone(id: string, extractedAt: string, deletedAt: string): Promise<void>;
	/** Ends the file; it is on the disk when this returns. */
	finish(): Promise<FileFacts>;
	/** Closes the file without caring for its content. */
	discard(): Promise<void>;
}

/** How rows become files: all that one kind of folder target has for itself. */
export interface FileFormat {
	/** The scheme of the target, which its manifests name too. */
	readonly scheme: string;
	/** After the name of the table, with the dot. */
	readonly extension: string;
	createFile(path: string, table: Table, runId: string): Promise<TableFile>;
}
