import { call } from '../../platform/call.ts';
import type { Login, Platform } from '../../platform/platform.ts';

export interface ListPage {
  items: unknown[];
  nextCursor: string | null;
}

/** Somebody who stands in an account and reads its lists at the first gateway, e.g. `members?role=owner`. */
export type Reader = (path: string) => Promise<ListPage>;

/** Signs in and goes over to the account. */
export async function readerIn({ gateways: [gateway] }: Platform, who: Login, accountId: string): Promise<Reader> {
  const { secret } = await call<{ secret: string }>(gateway, 'POST', '/v1/sessions', who);
  const headers = { Authorization: `Bearer ${secret}` };
  await call(gateway, 'PATCH', '/v1/session', { accountId }, headers);
  return (path) => call<ListPage>(gateway, 'GET', `/v1/accounts/${accountId}/${path}`, undefined, headers);
}
