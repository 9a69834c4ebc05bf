import { acceptGeolocation, requestTokenOrigin } from '../../concur/auth/geolocation';
import { createConcurClient } from '../../concur/client';
import { ConfigurationError } from '../../concur/errors';
import { isAllowedHost, parseBaseUrl } from '../../concur/hosts';
import { appCredentials } from './serve';

const allowHosts = ['gateway.example', 'Proxy.Example:8443'];

test.each([
	['https://us2.api.concursolutions.com', 'https://us2.api.concursolutions.com'],
	['https://us2.api.concursolutions.com/', 'https://us2.api.concursolutions.com'],
	['https://US2.API.concursolutions.com:443/', 'https://us2.api.concursolutions.com'],
	['https://www-us-impl.api.concursolutions.com', 'https://www-us-impl.api.concursolutions.com'],
	['https://cn.api.concurcdc.cn', 'https://cn.api.concurcdc.cn'],
	['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
	['http://127.8.9.10', 'http://127.8.9.10'],
	['http://localhost:3000', 'http://localhost:3000'],
	['http://[::1]:3000', 'http://[::1]:3000'],
	['https://gateway.example', 'https://gateway.example'],
	['https://proxy.example:8443', 'https://proxy.example:8443'],
])('%s is accepted', (text, origin) => {
	expect(parseBaseUrl(text, { allowHosts })).toBe(origin);
	expect(isAllowedHost(text, { allowHosts })).toBe(true);
});

test.each([
	'us2',
	'',
	'ftp://us2.api.concursolutions.com',
	'http://us2.api.concursolutions.com',
	'https://us2.api.concursolutions.com:8443',
	'https://us2.api.concursolutions.com/v4',
	'https://us2.api.concursolutions.com?x=1',
	'https://us2.api.concursolutions.com#x',
	'https://us2.api.concursolutions.com.',
	'https://user:secret@us2.api.concursolutions.com',
	'https://x.api.concursolutions.com@evil.example',
	'https://x.api.concursolutions.com\\@evil.example',
	'https://evilapi.concursolutions.com',
	'https://api.concursolutions.com',
	'https://evilapi.concursolutions.com.example',
	'https://x.api.concursolutions.com.evil.example',
	'https://a.b.api.concursolutions.com',
	'https://.api.concursolutions.com',
	'https://-.api.concursolutions.com',
	'https://us.api.concurcdc.cn',
	'hhttps://us.api.concursolutions.com',
	'https://https://us.api.concursolutions.com',
	'http://127.0.0.1.evil.example',
	'http://localhost.evil.example',
	'http://10.0.0.1',
	'http://0.0.0.0',
	'http://gateway.example',
	'https://proxy.example',
	'https://www.concursolutions.com',
])('%s is refused with a sentence', (text) => {
	const attempt = () => parseBaseUrl(text, { allowHosts });
	expect(attempt).toThrow(ConfigurationError);
	expect(attempt).toThrow(/\.$/);
	expect(attempt).not.toThrow(/secret/);
	expect(isAllowedHost(text, { allowHosts })).toBe(false);
});

test('a client refuses a wrong base address before anything is sent', () => {
	const attempt = () =>
		createConcurClient({ baseUrl: 'https://concur.example', credentials: appCredentials });
	expect(attempt).toThrow(ConfigurationError);
	expect(attempt).toThrow('concur.example is not allowed');
});

test.each([
	['https://us.api.concursolutions.com', 'https://eu2.api.concursolutions.com/', true],
	['https://us.api.concursolutions.com', 'http://127.0.0.1:80', false],
	['https://us.api.concursolutions.com', 'https://gateway.example', false],
	['https://us.api.concursolutions.com', 'https://evil.example', false],
	['http://127.0.0.1:80', 'http://127.0.0.1:81', true],
	['http://127.0.0.1:80', 'https://us.api.concursolutions.com', false],
	['https://gateway.example', 'https://us.api.concursolutions.com', false],
	['https://gateway.example', 'https://proxy.example:8443', true],
	['https://us.api.concursolutions.com', 'nonsense', false],
])('from %s the geolocation %s: %s', (base, geolocation, accepted) => {
	expect(acceptGeolocation(base, geolocation, { allowHosts }) !== undefined).toBe(accepted);
});

test.each([
	['https://us2.api.concursolutions.com', 'https://glz.api.concursolutions.com'],
	['https://cn.api.concurcdc.cn', 'https://cn.api.concurcdc.cn'],
	['http://127.0.0.1:80', 'http://127.0.0.1:80'],
])('request tokens for %s are exchanged at %s', (base, origin) => {
	expect(requestTokenOrigin(base)).toBe(origin);
});
