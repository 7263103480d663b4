import { call } from './call.ts';
import type { Platform } from './platform.ts';

interface OpenedSession {
  session: { account: { id: string } };
  secret: string;
}

interface MadeLoginToken {
  loginToken: { id: string };
  secret: string;
}

/** What the benchmark does as the demo account's owner, at the first gateway. */
export interface OwnerClient {
  createLoginToken(): Promise<MadeLoginToken>;
  /** Resolves when the answer is there. */
  deleteLoginToken(id: string): Promise<void>;
  /** A page of what belongs to the account, e.g. `sessions?limit=25`. */
  list(path: string): Promise<unknown>;
}

export async function ownerClient({ gateways: [gateway], owner }: Platform): Promise<OwnerClient> {
  const { session, secret } = await call<OpenedSession>(gateway, 'POST', '/v1/sessions', owner);
  const headers = { Authorization: `Bearer ${secret}` };
  const account = `/v1/accounts/${session.account.id}`;
  const loginTokens = `${account}/login-tokens`;
  return {
    createLoginToken: () =>
      call(gateway, 'POST', loginTokens, { name: `Bench ${crypto.randomUUID()}`, type: 'permanent' }, headers),
    deleteLoginToken: (id) => call(gateway, 'DELETE', `${loginTokens}/${id}`, undefined, headers),
    list: (path) => call(gateway, 'GET', `${account}/${path}`, undefined, headers),
  };
}

/** Opens a session and answers its secret. */
export async function redeemLoginToken(
  { gateways: [gateway] }: Platform,
  token: string,
  requestId: string = crypto.randomUUID(),
): Promise<string> {
  const headers = { 'X-Request-Id': requestId };
  return (await call<OpenedSession>(gateway, 'POST', '/v1/sessions/login-token', { token }, headers)).secret;
}
