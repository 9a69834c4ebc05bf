import type { INodeParameters } from 'n8n-workflow';
import { shownOf, type ChildScene } from './child-scene';
import { byId } from './run-concur';

/** An operation, and how Concur refuses it. */
export interface Refusable {
	readonly resource: string;
	readonly operation: string;
	readonly scene: () => ChildScene;
	/** The parameters it needs besides travel request and user. */
	readonly parameters?: () => INodeParameters;
	/** The parameter with the ID of what is worked on, where that is not the travel request. */
	readonly idParameter?: string;
	/** Whether a company must name a user; yes unless told. */
	readonly needsUser?: boolean;
	/** Whether users who have nothing to do with the request are refused; yes unless told. */
	readonly isPrivate?: boolean;
}

const NOWHERE = 'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF';

/** Tests what n8n shows of Concur's refusals, and that a workflow may go on after them. */
export function describeRefusals(subject: Refusable): void {
	const { resource, operation, scene, parameters = () => ({}), idParameter } = subject;
	const nowhere =
		idParameter === undefined ? { requestId: byId(NOWHERE) } : { [idParameter]: NOWHERE };
	const shown = async (changes: INodeParameters): Promise<string> =>
		shownOf(await scene().run(resource, operation, { ...parameters(), ...changes }));

	it('shows what Concur says of an unknown ID, its code, what to do and the correlation ID', async () => {
		expect(await shown(nowhere)).toMatch(
			/^Concur answered 404 notFound to \w+ \S+: .+ Check the id, .+ Concur's code: notFound\. Correlation ID: …\.$/s,
		);
	});

	if (subject.needsUser !== false) {
		it('asks for the user, whom a company has to name', async () => {
			expect(await shown({ userId: byId('') })).toMatch(
				/^Concur answered 400 missingRequiredParam .+ With a company token name the user.+ Concur's code: missingRequiredParam\. Correlation ID: …\.$/s,
			);
		});
	}

	if (subject.isPrivate !== false) {
		it('says so where the user may not do this', async () => {
			expect(await shown({ userId: byId(scene().stranger) })).toMatch(
				/^Concur answered 403 userIsNotAllowed .+ Act as the owner.+ Concur's code: userIsNotAllowed\. Correlation ID: …\.$/s,
			);
		});
	}

	it('goes on with an item of its own for each that was refused', async () => {
		const { items } = await scene().run(
			resource,
			operation,
			{ ...parameters(), ...nowhere },
			{ items: [{}, {}], onError: 'continueRegularOutput' },
		);
		const correlationId: unknown = expect.stringMatching(/^[0-9a-f-]{36}$/);
		const refused = {
			error: expect.stringMatching(/^Concur answered 404 notFound/) as unknown,
			details: { code: 'CONCUR_NOT_FOUND', concurCode: 'notFound', correlationId },
		};
		expect(items).toMatchObject([
			{ json: refused, pairedItem: { item: 0 } },
			{ json: refused, pairedItem: { item: 1 } },
		]);
	});
}
