/** Makes the error for a value: what is wrong with it, and what to do. */
export type Refuse = (what: string, advice: string) => Error;
