import fc from 'fast-check';
import { TEST_SEED } from './seed';

// Every property of the suite draws from this seed; a failing one prints it.
fc.configureGlobal({ seed: TEST_SEED });
