/** Request policies of the fake company; the first two are those of the documented examples. */
export const policies = [
	{
		id: 'F4C8BD31CA9D4D6292795BE687EB9B2A',
		name: 'Travel Request Policy',
		allowParticipants: false,
	},
	{
		id: '00497B95D8055849A1B217C8D05FFB86',
		name: 'International Travel',
		allowParticipants: false,
	},
	{ id: '5D5A08E5C4AA4B4A9F7A6C7F0A1B2C3D', name: 'Event Budget', allowParticipants: true },
] as const;

/** Travel agencies of the fake company. */
export const travelAgencies = [
	{
		id: '2EC038D7C3CBBE4ABA0914425064D34F',
		name: 'Kiwi Travel "Worldwide"',
		emailAddress: 'bookings@kiwi-travel.example',
		proposalType: 'API',
		customerAccountCode: '00042',
		customerAccountName: 'Fake Concur Ltd.',
	},
] as const;
