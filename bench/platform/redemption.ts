import type { Contender } from '../harness/contender.ts';
import { OURS } from '../harness/contender-name.ts';
import { writeRecords } from '../harness/records.ts';
import { createLoginTokens } from './create-login-tokens.ts';
import type { Platform } from './platform.ts';

/** Our side of S6: permanent login tokens of one account, redeemed at the first gateway. */
export async function startRedemption(platform: Platform, folder: string, loginTokens: number): Promise<Contender> {
  const secrets = await createLoginTokens(platform, loginTokens);
  return {
    name: OURS,
    url: platform.gateways[0],
    question: {
      method: 'POST',
      path: '/v1/sessions/login-token',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: '{"token":"{}"}',
    },
    records: await writeRecords(folder, 'login-tokens', secrets),
    accepts: (body) => body.includes('"secret":"vks_'),
  };
}
