/** Something to look after although the calls go well. */
export interface ClientWarning {
	readonly code: string;
	readonly message: string;
	readonly advice: string;
}

/** What a client has to say beside its answers: the latest text of each code. */
export class ClientWarnings {
	readonly #byCode = new Map<string, ClientWarning>();

	tell(warning: ClientWarning): void {
		this.#byCode.set(warning.code, warning);
	}

	/** It is no longer true. */
	takeBack(code: string): void {
		this.#byCode.delete(code);
	}

	get all(): readonly ClientWarning[] {
		return [...this.#byCode.values()];
	}
}
