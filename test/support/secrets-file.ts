/** Lists the secrets of the test run's fakes: the one file that may hold them. */
export const SECRETS_FILE = 'secrets-to-search-for.txt';
