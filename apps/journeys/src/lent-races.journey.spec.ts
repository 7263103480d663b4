import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mailedLink, type MailedLink, redeemLink } from './access-links.ts';
import { type Answer, Client, opened, type Owner } from './client.ts';
import { membershipOf } from './membership-of.ts';
import { authorize, type Partnership, setModules } from './partnerships.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { SupportDesk } from './support-desk.ts';
import { type ProvidersUser, TwoCompanies } from './two-companies.ts';

const TIMES = 2;

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform();
  // So that two of each may take turns.
  await platform.replicate('tokens');
  await platform.replicate('tenancy');
});
afterAll(async () => platform.stop());

/** It is a matter of milliseconds, so once proves nothing. */
const race = (what: string, attempt: () => Promise<void>): void =>
  it(what, async () => {
    for (let times = 0; times < TIMES; times += 1) await attempt();
  });

describe('Nobody slips in by a link while', () => {
  let gotIn = 0;
  let desk: SupportDesk;
  let owner: Owner;
  let name: string;
  let link: MailedLink;
  beforeAll(async () => {
    desk = await SupportDesk.of(platform);
    ({ owner } = desk);
  });

  async function slipsIn(act: () => Promise<unknown>): Promise<void> {
    name = `Vera-${crypto.randomUUID()}`;
    link = await desk.linkForNew(name);
    const redeem = async () => {
      const answer = await redeemLink(desk.url, link.secret);
      return answer.status === 201 ? new Client(desk.url, opened(answer).secret) : undefined;
    };
    const redemptions = Array.from({ length: 5 }, redeem);
    // One is in when it happens, the others are about to be.
    await Promise.race(redemptions);
    const [sessions] = await Promise.all([Promise.all(redemptions), act()]);
    for (const session of sessions) {
      if (!session) continue;
      gotIn += 1;
      expect((await session.call('GET', '/v1/session')).code).toBe('unauthenticated');
    }
  }
  const succeeds = async (answer: Promise<Answer>) => expect((await answer).status).toBeLessThan(300);
  const change = async (whose: string, role: string) => {
    const { path } = await membershipOf(whose, owner);
    await succeeds(owner.call('PATCH', path, { body: { role } }));
  };

  race('it is deleted', () => slipsIn(() => succeeds(desk.sam.call('DELETE', link.path))));
  race('it is edited', () =>
    slipsIn(async () => {
      const edit = () => desk.sam.call('PATCH', link.path, { body: { maxUses: 9 } });
      await mailedLink(platform, link.email, edit);
    }),
  );
  race('its user is removed', () =>
    slipsIn(async () => succeeds(owner.call('DELETE', (await membershipOf(name, owner)).path))),
  );
  race('its user is made an owner', () => slipsIn(() => change(name, 'owner')));
  race('its maker loses the role', async () => {
    await slipsIn(() => change('Sam', 'viewer'));
    await change('Sam', 'supporter');
  });
  race('its user is locked', () =>
    slipsIn(async () => {
      const { userId } = await desk.recipient(name);
      await succeeds(desk.operator.call('POST', `/v1/operator/users/${userId}/lock`));
    }),
  );
  race('the module is turned off', async () => {
    await slipsIn(() => desk.turn(false));
    await desk.turn(true);
  });
  it('any of this happens, and some were in by then', () => expect(gotIn).toBeGreaterThan(0));
});

describe('Nobody slips into a client’s account while', () => {
  let gotIn = 0;
  const permissions = ['devices.view'];
  let companies: TwoCompanies;
  let provider: Owner;
  let client: Owner;
  let partnership: Partnership;
  let nils: ProvidersUser;
  beforeAll(async () => {
    companies = await TwoCompanies.of(platform);
    ({ provider, client } = companies);
    nils = await companies.join('Nils');
  });
  beforeEach(async () => {
    await nils.session.call('PATCH', '/v1/session', { body: { accountId: provider.accountId } });
  });

  async function slipsIn(act: () => Promise<Answer | undefined>, expected = 'no_account'): Promise<void> {
    partnership = await companies.partnership(permissions);
    await authorize(provider, partnership, [nils.userId], permissions);
    const enter = nils.session.call('PATCH', '/v1/session', { body: { accountId: client.accountId } });
    const [answer, entered] = await Promise.all([act(), enter]);
    expect(answer?.status ?? 200).toBeLessThan(300);
    const { code } = await nils.session.call('GET', '/v1/forward-auth');
    if (entered.status === 200) {
      gotIn += 1;
      expect(code).toBe(expected);
    }
    await nils.session.call('PATCH', '/v1/session', { body: { accountId: provider.accountId } });
    await client.call('DELETE', partnership.clientPath);
  }

  race('the client revokes the partnership', () => slipsIn(() => client.call('DELETE', partnership.clientPath)));
  race('the partner deletes it', () => slipsIn(() => provider.call('DELETE', partnership.providerPath)));
  race('the partner disables it', () =>
    slipsIn(() => provider.call('POST', `${partnership.providerPath}/disable`), 'partnership_disabled'),
  );
  race('the user loses the grant', () =>
    slipsIn(() => provider.call('DELETE', `${partnership.providerPath}/users/${nils.userId}`)),
  );
  for (const side of ['partner', 'client'] as const)
    race(`the module of the ${side} is turned off`, async () => {
      const company = side === 'partner' ? provider : client;
      await slipsIn(async () => {
        await setModules(companies.operator, company, { [side]: false });
        return undefined;
      });
      await setModules(companies.operator, company, { [side]: true });
      await client.call('DELETE', partnership.clientPath);
    });
  it('any of this happens, and some were in by then', () => expect(gotIn).toBeGreaterThan(0));
});
