/** The seed of this test run's random tests: `TEST_SEED` repeats one. Printed with every failure. */
export const TEST_SEED = Number(process.env['TEST_SEED'] ?? 20261121);

/** fast-check parameters that print the seed when a property fails and keep CI repeatable. */
export const SEEDED = { seed: TEST_SEED, verbose: 1 } as const;
