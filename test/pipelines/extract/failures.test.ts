import { ConcurError } from '../../../concur/errors';
import { FailureStreak } from '../../../pipelines/extract/failures';

const failure = (code: string): ConcurError => new ConcurError(code, code, { advice: '' });

function failTimes(streak: FailureStreak, code: string, times: number): void {
	for (let time = 0; time < times; time++) streak.fail(failure(code));
}

describe('Failures in a row', () => {
	it.each(['CONCUR_BAD_REQUEST', 'CONCUR_FORBIDDEN', 'CONCUR_NOT_FOUND', 'CONCUR_WINDOW_UNSTABLE'])(
		'of the kind %s say something of one user, and end nothing',
		(code) => {
			expect(() => failTimes(new FailureStreak(), code, 10_000)).not.toThrow();
		},
	);

	it.each(['CONCUR_NETWORK', 'CONCUR_UNAVAILABLE', 'CONCUR_TIMEOUT', 'CONCUR_RATE_LIMITED'])(
		'of the kind %s would meet everybody, and end the run with the twentieth',
		(code) => {
			const streak = new FailureStreak();
			failTimes(streak, code, 19);
			failTimes(streak, 'CONCUR_FORBIDDEN', 5);
			expect(() => streak.fail(failure(code))).toThrow(code);
		},
	);

	it('are counted anew after a success', () => {
		const streak = new FailureStreak();
		failTimes(streak, 'CONCUR_NETWORK', 19);
		streak.succeed();
		expect(() => failTimes(streak, 'CONCUR_NETWORK', 19)).not.toThrow();
	});
});
