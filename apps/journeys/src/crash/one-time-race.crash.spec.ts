import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LoginToken, pageOf, Session } from '@valetkey/contracts';
import { Client, type Owner } from '../client.ts';
import { eventually } from '../eventually.ts';
import { lend } from '../lending.ts';
import { settledOwner } from './settled-owner.ts';
import { direct, type Processes, startProcesses } from './start-processes.ts';

const AT_ONCE = 1_000;
let processes: Processes;
let owner: Owner;

beforeAll(async () => {
  processes = await startProcesses({ tokens: 2, gateways: [direct, direct] });
  owner = await settledOwner(processes, 'ada@harbour.example');
}, 90_000);
afterAll(() => processes.stop(), 30_000);

/** Asks again while nobody can say, as a 503 with Retry-After wants: a machine that stalls for a moment spends nothing. */
async function redeem(door: Client, token: string): Promise<string> {
  return eventually('an answer to a redemption', async () => {
    const { status, code } = await door.call('POST', '/v1/sessions/login-token', { body: { token } });
    return status === 503 ? undefined : `${status} ${code ?? ''}`.trim();
  });
}

function tally(values: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length]));
}

describe('a one-time token, through two gateways and two tokens processes', () => {
  it('is redeemed by exactly one of a thousand who come at once', async () => {
    const token = await lend(owner, { name: 'Service visit', type: 'one_time' });
    const doors = processes.gatewayUrls.map((url) => new Client(url));
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, index) => redeem(doors[index % doors.length] ?? owner, token.secret)),
    );
    expect(tally(answers)).toEqual({ '201': 1, '401 invalid_token': AT_ONCE - 1 });

    expect(LoginToken.parse((await owner.call('GET', token.path)).body).status).toBe('in_use');
    const { items } = pageOf(Session).parse((await owner.call('GET', `${token.path}/sessions`)).body);
    expect(items).toHaveLength(1);
  }, 60_000);
});
