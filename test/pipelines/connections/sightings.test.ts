import { Sightings } from '../../../pipelines/connections/sightings';

const DAY = 86_400_000;
const start = Date.parse('2026-01-01T00:00:00Z');
const iso = (at: number): string => new Date(at).toISOString();

test('a request that is seen again keeps its first sighting', () => {
	const sightings = new Sightings([{ id: 'A', firstSeen: iso(start), lastSeen: iso(start + DAY) }]);
	const again = { id: 'A', firstSeen: iso(start), lastSeen: iso(start + 2 * DAY) };
	expect(sightings.see('A', start + 2 * DAY)).toEqual(again);
	expect(sightings.list(start + 2 * DAY)).toEqual([again]);
});

test('a sighting is a whole second of the server, and none lies before an earlier one', () => {
	const sightings = new Sightings();
	expect(sightings.see('A', start + 999.5)).toMatchObject({ lastSeen: iso(start + 1000) });
	expect(sightings.see('A', start - 4000)).toMatchObject({ lastSeen: iso(start + 1000) });
});

test.each([
	[90, [{ id: 'A', firstSeen: iso(start), lastSeen: iso(start) }], iso(start)],
	[91, [], iso(start + 91 * DAY)],
])('after %i days out of the queue', (days, remembered, firstSeen) => {
	const at = start + days * DAY;
	const sightings = new Sightings([{ id: 'A', firstSeen: iso(start), lastSeen: iso(start) }]);
	expect(sightings.list(at)).toEqual(remembered);
	expect(sightings.see('A', at)).toMatchObject({ firstSeen });
});
