import { startChildServer, type ChildServer } from '../../harness/child-server.ts';
import { GET_SESSION, VERIFY_API_KEY } from '../../harness/contender-name.ts';
import type { Contender } from '../../harness/contender.ts';
import type { Records } from '../../harness/load/load.ts';

export const startBetterAuth = (databaseUrl: string): Promise<ChildServer> =>
  startChildServer(new URL('better-auth.server.ts', import.meta.url), [databaseUrl]);

/** @param records API keys */
export const verifyApiKey = ({ url }: ChildServer, records: Records): Contender => ({
  name: VERIFY_API_KEY,
  url,
  question: {
    method: 'POST',
    path: '/verify',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: '{"key":"{}"}',
  },
  records,
  accepts: (body) => body.startsWith('{"valid":true,'),
});

/** @param records signed cookies */
export const getSession = ({ url }: ChildServer, records: Records): Contender => ({
  name: GET_SESSION,
  url,
  question: { method: 'GET', path: '/session', headers: { Accept: 'application/json', Cookie: '{}' } },
  records,
  accepts: (body) => body.startsWith('{"session":{') && body.includes('"user":{'),
});
