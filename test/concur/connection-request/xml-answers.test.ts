import { createConnectionRequest } from '../../../concur/connection-request/create-connection-request';
import { deleteConnectionRequest } from '../../../concur/connection-request/delete-connection-request';
import { getConnectionRequest } from '../../../concur/connection-request/get-connection-request';
import { listConnectionRequests } from '../../../concur/connection-request/list-connection-requests';
import { readAllConnectionRequests } from '../../../concur/connection-request/queue/drain-connection-requests';
import { drainRawConnectionRequests } from '../../../concur/connection-request/raw-connection-requests';
import { updateConnectionRequest } from '../../../concur/connection-request/update-connection-request';
import { connectionVersions } from '../../../concur/connection-request/versions';
import { startFake, startServer } from '../fake-client';
import { failureOf } from '../serve';

/** A server that answers this text as XML, whatever is asked. */
function startXml(text: string, status = 200) {
	return startServer((response) => {
		response.writeHead(status, { 'content-type': 'application/xml' });
		response.end(text);
	});
}

test.each(connectionVersions)(
	'version %s gives the same as XML as it does as JSON',
	async (version) => {
		const { fake, client } = await startFake({ connectionRequests: 23 });
		const read = async () => {
			const raw = [];
			for await (const page of drainRawConnectionRequests(client, {}, { version }))
				raw.push(...page);
			const parsed = await readAllConnectionRequests(client, {}, { version });
			const one = await getConnectionRequest(client, parsed[3]?.id ?? '', { version });
			return { raw, parsed, one };
		};
		const asJson = await read();
		fake.quirks.alwaysXml = true;
		const asXml = await read();
		expect(asXml).toEqual(asJson);
		expect(asXml.parsed).toHaveLength(23);
		expect(asXml.parsed.some(({ loyaltyNumber }) => loyaltyNumber?.startsWith('00'))).toBe(true);
	},
);

test.each(connectionVersions)(
	'what version %s changes is done where it says so in XML',
	async (version) => {
		const { fake, client } = await startFake({ connectionRequests: 2 });
		fake.quirks.alwaysXml = true;
		const [first, second] = fake.connections.all;
		const update = await updateConnectionRequest(client, first?.id ?? '', 'CRSUC', { version });
		expect(update).toMatchObject({ settledByReading: false });
		expect(first?.puts).toEqual(['CRSUC']);
		if (version !== '3.0') return;
		await deleteConnectionRequest(client, second?.id ?? '', { version });
		expect(fake.connections.all).toHaveLength(1);
		const created = await createConnectionRequest(client, fake.world.users[0]?.loginId ?? '', {
			version,
		});
		expect(created.id).toBe(fake.connections.all[1]?.id);
	},
);

test.each([
	['<Void/>', 200],
	[
		'<?xml version="1.0" encoding="utf-8"?>\r\n<Void xmlns:xsd="http://www.w3.org/2001/XMLSchema" />',
		200,
	],
	['', 200],
	['\n', 200],
	['{}', 200],
	['', 204],
	['<Void/>', 202],
])('an update that is answered by %j with status %i is made', async (text, status) => {
	const { client, server } = await startXml(text, status);
	expect(await updateConnectionRequest(client, 'A', 'CRSUC')).toMatchObject({
		settledByReading: false,
	});
	expect(server.calls).toHaveLength(1);
});

test.each([
	['a login page', '<!DOCTYPE html><html><head><title>Sign in</title></head><body/></html>'],
	['an XML of something else', '<Error><Message>no</Message></Error>'],
	['an XML that is cut short', '<Void'],
])('an update that is answered by %s is settled by reading', async (_name, text) => {
	const { client, server } = await startXml(text);
	expect(await failureOf(updateConnectionRequest(client, 'A', 'CRSUC'))).toMatchObject({
		code: 'CONCUR_OUTCOME_UNKNOWN',
	});
	expect(server.calls.filter(({ method }) => method === 'PUT')).toHaveLength(1);
});

/** A page in which each form that is known has the same two requests. */
const one = '<ID>A</ID><LoyaltyNumber>007</LoyaltyNumber><MiddleName xsi:nil="true" />';
const two = '<ID>B</ID><LastName>M&#252;ller &amp; S&#xF6;hne</LastName>';
const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

test.each([
	[
		'of the page',
		`<ConnectionRequests ${xsi}><Items><ConnectionRequest>${one}</ConnectionRequest><ConnectionRequest>${two}</ConnectionRequest></Items><NextPage>https://us/x?limit=10&offset=10</NextPage></ConnectionRequests>`,
	],
	[
		'of the swagger',
		`<?xml version="1.0" encoding="UTF-8" ?>\n<ConnectionRequestCollection ${xsi}>\n  <Items>${one}</Items>\n  <Items>\n  ${two}</Items>\n  <NextPage>\n    https://us/x?limit=10&amp;offset=10\n  </NextPage>\n</ConnectionRequestCollection>`,
	],
	[
		'with namespaces',
		`<c:ConnectionRequests xmlns:c="urn:concur" ${xsi}><c:NextPage><![CDATA[https://us/x?limit=10&offset=10]]></c:NextPage><c:Items><c:ConnectionRequestGet>${one}</c:ConnectionRequestGet><c:ConnectionRequestGet>${two}</c:ConnectionRequestGet></c:Items></c:ConnectionRequests>`,
	],
])('a list in the form %s', async (_name, text) => {
	const { client } = await startXml(text);
	const page = await listConnectionRequests(client);
	expect(page.items).toMatchObject([
		{ id: 'A', loyaltyNumber: '007', middleName: null },
		{ id: 'B', lastName: 'Müller & Söhne', loyaltyNumber: null },
	]);
	expect(page).toMatchObject({ next: { offset: '10', limit: 10 }, fault: undefined });
});

test.each([
	['no item', '<ConnectionRequests><Items/><NextPage/></ConnectionRequests>', 0],
	[
		'one item',
		`<ConnectionRequests ${xsi}><Items><ConnectionRequest>${one}</ConnectionRequest></Items></ConnectionRequests>`,
		1,
	],
	[
		'one item in the form of the swagger',
		`<ConnectionRequestCollection ${xsi}><Items>${one}</Items></ConnectionRequestCollection>`,
		1,
	],
])('a list of %s is whole', async (_name, text, count) => {
	const { client } = await startXml(text);
	const { items, next, fault } = await listConnectionRequests(client);
	expect([items.length, next, fault]).toEqual([count, undefined, undefined]);
});

test('text is what was meant, whatever XML allows', async () => {
	const name = 'tab\there, bell\u0007, &copy; and \u2028';
	const { client } = await startXml(
		'<!DOCTYPE ConnectionRequest [<!ENTITY x "xxxxxxxxxx">]><ConnectionRequest><ID>A</ID>' +
			'<FirstName>tab\there, bell&#7;, &copy; and \u2028</FirstName><MiddleName>\u0007 &x;</MiddleName>' +
			'<LastName><![CDATA[<b>&amp;\u0001]]> & Co</LastName></ConnectionRequest>',
	);
	expect(await getConnectionRequest(client, 'A')).toMatchObject({
		firstName: name,
		middleName: '\u0007 &x;',
		lastName: '<b>&amp;\u0001 & Co',
	});
});

test.each([
	['nested 100,000 levels deep', '<a>'.repeat(100_000)],
	[
		'sound and nested 20,000 levels deep',
		`<ConnectionRequests>${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}</ConnectionRequests>`,
	],
	['of sections that never end', '<![CDATA['.repeat(200_000)],
	['cut short', '<ConnectionRequests><Items><ConnectionRequest><ID>A</ID>'],
	['a web page', '<html><body>Sign in</body></html>'],
])('an answer that is %s is no list, and is soon said to be none', async (_name, text) => {
	const { client } = await startXml(text);
	const failure = await failureOf(listConnectionRequests(client));
	expect(failure).toMatchObject({ code: expect.stringMatching(/^CONCUR_(BAD|UNEXPECTED)_BODY$/) });
});

test('XML without the list of a page is no empty queue', async () => {
	const { client } = await startXml('<ConnectionRequests><NextPage/></ConnectionRequests>');
	expect(await failureOf(listConnectionRequests(client))).toMatchObject({
		code: 'CONCUR_UNEXPECTED_BODY',
	});
});
