/** How late Concur may show a record under an older modification time, in seconds. */
export const OVERLAP_SECONDS = 600;

/** How old a second must be before its records are taken as written, in seconds. */
export const SETTLE_LAG_SECONDS = 30;
