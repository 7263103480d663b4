import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LoginToken, pageOf, Session } from '@valetkey/contracts';
import { Client, type Owner } from '../client.ts';
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

function tally(values: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length]));
}

describe('a one-time token, through two gateways and two tokens processes', () => {
  it('is redeemed by exactly one of a thousand who come at once', async () => {
    const token = await lend(owner, { name: 'Service visit', type: 'one_time' });
    const doors = processes.gatewayUrls.map((url) => new Client(url));
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, index) => {
        const body = { token: token.secret };
        const { status, code } = await (doors[index % doors.length] ?? owner).call('POST', '/v1/sessions/login-token', {
          body,
        });
        return `${status} ${code ?? ''}`.trim();
      }),
    );
    expect(tally(answers)).toEqual({ '201': 1, '401 invalid_token': AT_ONCE - 1 });

    expect(LoginToken.parse((await owner.call('GET', token.path)).body).status).toBe('in_use');
    const { items } = pageOf(Session).parse((await owner.call('GET', `${token.path}/sessions`)).body);
    expect(items).toHaveLength(1);
  }, 60_000);
});
