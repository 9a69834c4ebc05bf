import fc from 'fast-check';
import { WrittenVersions } from '../../../pipelines/sinks/written-versions';

const id = fc.integer({ min: 0, max: 5000 }).map((number) => `id-${number}`);
const version = fc.constantFrom('a', 'b', 'deleted');

test('it knows what a map of the last versions knows', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(id, version), { maxLength: 6000 }), (writes) => {
			const versions = new WrittenVersions();
			const truth = new Map<string, string>();
			for (const [of, written] of writes) {
				expect([versions.knows(of), versions.has(of, written)]).toEqual([
					truth.has(of),
					truth.get(of) === written,
				]);
				versions.set(of, written);
				truth.set(of, written);
			}
			for (const [of, last] of truth)
				for (const each of ['a', 'b', 'deleted'])
					expect(versions.has(of, each)).toBe(each === last);
		}),
		{ numRuns: 20 },
	);
});
