import { z } from 'zod';
import { Opened } from '../dev/api.ts';
import type { Owner, Story } from './story.ts';

const TokenShown = z.object({ loginToken: z.object({ id: z.string(), status: z.string() }), secret: z.string() });
const Token = z.object({ status: z.string() });

export async function makeToken({ api }: Story, { secret, path }: Owner, token: object) {
  const shown = TokenShown.parse(await api.call('POST', `${path}/login-tokens`, { secret, body: token }));
  return { ...shown.loginToken, secret: shown.secret };
}

export async function statusOf({ api }: Story, { secret, path }: Owner, id: string): Promise<string> {
  return Token.parse(await api.call('GET', `${path}/login-tokens/${id}`, { secret })).status;
}

/** Redeems a token as a client would; the session's secret. */
export async function redeem({ api }: Story, token: string, client: string): Promise<string> {
  const headers = { 'user-agent': client };
  return Opened.parse(await api.call('POST', '/v1/sessions/login-token', { body: { token }, headers })).secret;
}

export async function tryToRedeem({ api }: Story, token: string): Promise<string> {
  const { status, body } = await api.try('POST', '/v1/sessions/login-token', { body: { token } });
  return `${status} ${z.object({ code: z.string() }).parse(body).code}`;
}
