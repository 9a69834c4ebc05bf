import { Random } from '../random';

/** A person of the fake company. */
export interface User {
	/** Place in the list of users. */
	readonly index: number;
	readonly id: string;
	readonly loginId: string;
	readonly firstName: string;
	readonly middleName: string | null;
	readonly lastName: string;
	/** Index of the user who approves this user's requests. */
	readonly approver: number;
	/** Travel agency this user works for; the last user is the TMC agent. */
	readonly agencyId: string | null;
}

const firstNames = ['Maria', 'Jürgen', 'Zoë', 'Łukasz', '健太', 'Ольга', 'Ana', "D'Arcy", 'Søren'];
const lastNames = ['Müller', "O'Brien", '山田', 'Иванова', 'García, Jr.', 'von "Berg"', 'Smith'];

/** The travel agency of the documented examples; all seeded agency requests use it too. */
export const agencyId = '2EC038D7C3CBBE4ABA0914425064D34F';

/** The people of the reference examples come first, the rest is made up from the seed. */
export function createUsers(count: number, seed: number, loginId: string): User[] {
	const random = new Random(seed, 501);
	return Array.from({ length: count }, (_, index) => {
		const made = {
			id: random.uuid(),
			firstName: random.pick(firstNames),
			lastName: random.pick(lastNames),
			middleName: random.chance(0.3) ? 'Q' : null,
		};
		const known = documentedPeople[index];
		return {
			index,
			...made,
			loginId: index === 0 ? loginId : `user${index}@fake-concur.example`,
			...known,
			approver: (index + 1) % count,
			agencyId: index === count - 1 ? agencyId : null,
		};
	});
}

const documentedPeople = [
	{
		id: 'c0d9894b-98e2-48d5-86f9-1decde90dd15',
		firstName: 'John',
		middleName: null,
		lastName: 'Doe',
	},
	{
		id: '86ac9588-5032-3fa7-b3cc-20e97d2d7146',
		firstName: 'Jason',
		middleName: null,
		lastName: 'McCafee',
	},
];
