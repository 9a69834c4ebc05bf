import { systemClock, type Clock } from '../../concur/clock';
import type { FakeConcur } from '../../fake-concur';

/** A clock that shows what the fake's clock shows, however that is moved. */
export function clockOf(fake: FakeConcur): Clock {
	return { ...systemClock, epochMs: () => fake.clock.now().getTime() };
}

/** Lets the clock of this process, as clients see it, follow the fake's. */
export function followClock(fake: FakeConcur): void {
	jest.spyOn(systemClock, 'epochMs').mockImplementation(() => fake.clock.now().getTime());
}
