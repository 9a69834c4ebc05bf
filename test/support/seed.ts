/** The seed of this test run's random tests; `TEST_SEED=… npm test` repeats another run's. */
export const TEST_SEED = Number(process.env['TEST_SEED']);
