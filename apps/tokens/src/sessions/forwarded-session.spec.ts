import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type CredentialOpened,
  deleteLoginToken,
  Failure,
  openPortalSession,
  recordUses,
  redeemLoginToken,
  revokeCredential,
  signOut,
  switchSession,
  verifyCredentials,
} from '@valetkey/contracts';
import { hashSecret, makeSecret } from '@valetkey/credentials';
import { v7 as uuidv7 } from 'uuid';
import { HOUR, MINUTE, type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
});
beforeEach(() => {
  owner = tokens.owner();
});
afterAll(() => tokens.stop());

/** A portal session, opened with a forwarded one unless said otherwise. */
async function open(forwarded = true): Promise<CredentialOpened> {
  const user = { userId: uuidv7(), userName: 'Ada Owner', operator: false, accountId: owner.accountId };
  const input = { ...user, address: '203.0.113.7', userAgent: 'Firefox', forwarded };
  const identity = await tokens.service.as('identity');
  const answer = await identity.ask(openPortalSession, input, tokens.service.context());
  if (answer instanceof Failure) throw new Error(answer.code);
  return answer;
}

const redeem = (token: string) => tokens.ask(redeemLoginToken, { token, cookie: true });
const forwardedOf = ({ forwardedSecret = 'none was opened' }: CredentialOpened) => ({ secret: forwardedSecret });

describe('A forwarded session', () => {
  it('is opened with its parent, and is known as its parent is', async () => {
    const opened = await open();

    expect(opened).toMatchObject({
      secret: expect.stringMatching(/^vks_/),
      forwardedSecret: expect.stringMatching(/^vkf_/),
    });
    expect(await tokens.verify(forwardedOf(opened).secret)).toEqual(opened.session);
  });

  it('is opened with what a login token opens, too, when that is by cookie', async () => {
    const { secret } = await tokens.create(owner, { type: 'one_time' });
    const opened = await redeem(secret);
    expect(await tokens.verify(forwardedOf(opened).secret)).toEqual(opened.session);
  });

  it('is opened for nobody who does not ask for it', async () => {
    const portal = await open(false);
    const lent = await tokens.redeem((await tokens.create(owner)).secret);
    for (const opened of [portal, lent]) expect(opened).not.toHaveProperty('forwardedSecret');
    const kept = 'SELECT forwarded_hash FROM sessions WHERE id = ANY($1)';
    const rows = await tokens.sql(kept, [[portal.session.id, lent.session.id]]);
    expect(rows).toEqual([{ forwarded_hash: null }, { forwarded_hash: null }]);
  });

  it('is found among others that are asked for together, its parent among them', async () => {
    const [one, two] = [await open(), await open()];
    const secrets = [
      forwardedOf(two).secret,
      makeSecret('vkf'),
      one.secret,
      two.secret,
      makeSecret('vks'),
      forwardedOf(one).secret,
    ];

    const { credentials } = await tokens.ask(verifyCredentials, { hashes: secrets.map(hashSecret) });

    expect(credentials).toEqual([two.session, null, one.session, two.session, null, one.session]);
  });

  it('stands where its parent goes, and is used when its parent is', async () => {
    const opened = await open();
    const organizationId = tokens.newScope();
    await tokens.ask(switchSession, { organizationId }, tokens.callerOf(opened));
    tokens.service.clock.advance(MINUTE);
    const lastSeenAt = tokens.service.clock.now().toISOString();
    await tokens.ask(recordUses, { uses: [{ id: opened.session.id, at: lastSeenAt, address: '::1' }] });

    expect(await tokens.verify(forwardedOf(opened).secret)).toMatchObject({ organizationId, lastSeenAt });
  });

  it('is told to nobody, and kept as a hash', async () => {
    const opened = await open();
    const { secret } = forwardedOf(opened);
    const rows = await tokens.sql(
      'SELECT o::text || s::text AS kept FROM outbox o, sessions s WHERE o.entity = $1 AND s.id = $2',
      [`session:${opened.session.id}`, opened.session.id],
    );
    expect(rows).toHaveLength(1);
    expect(String(rows[0]?.['kept'])).toContain(hashSecret(secret));
    expect(String(rows[0]?.['kept'])).not.toContain(secret.slice(4));
    const events = await tokens.eventsOf(`session:${opened.session.id}`);
    expect(JSON.stringify(events)).not.toContain(hashSecret(secret));
  });
});

describe('A forwarded session ends with its parent', () => {
  it('when that signs out', async () => {
    const [opened, other] = [await open(), await open()];
    await tokens.ask(signOut, {}, tokens.callerOf(opened));
    expect(await tokens.live(forwardedOf(opened), forwardedOf(other))).toEqual([false, true]);
  });

  it('when its login token is deleted', async () => {
    const token = await tokens.create(owner);
    const opened = await redeem(token.secret);
    await tokens.ask(deleteLoginToken, { accountId: owner.accountId, loginTokenId: token.id }, owner);
    expect(await tokens.live(opened, forwardedOf(opened))).toEqual([false, false]);
  });

  it('when nobody has used either for an hour', async () => {
    const opened = await open();
    tokens.service.clock.advance(HOUR);
    expect(await tokens.live(opened, forwardedOf(opened))).toEqual([false, false]);
  });

  it('and never by its own secret: to revoke that does nothing', async () => {
    const opened = await open();
    const hash = hashSecret(forwardedOf(opened).secret);
    expect(await tokens.ask(revokeCredential, { hash, resourceServerId: uuidv7() })).toEqual({});
    expect(await tokens.live(opened, forwardedOf(opened))).toEqual([true, true]);
    expect(await tokens.told(`session:${opened.session.id}`)).toEqual(['opened']);
  });
});
