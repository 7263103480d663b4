import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import {
  deleteAccessKey,
  deleteAccessLink,
  deleteLoginToken,
  endAccountSessions,
  endLoginTokenSession,
  endLoginTokenSessions,
  endOwnSession,
  endOwnSessions,
  endUserSessions,
  findLinkOfMail,
  getAccessKey,
  getAccessLink,
  getLoginToken,
  isAccessLinkWanted,
  listAccessKeys,
  listAccessLinks,
  listAccountSessions,
  listLoginTokens,
  listLoginTokenSessions,
  listOwnSessions,
  listScopedCredentials,
  recordUses,
  revokeCredential,
  rotateAccessKey,
  rotateLoginToken,
  signOut,
  updateAccessKey,
  updateLoginToken,
} from '@valetkey/contracts';
import { hashSecret, makeSecret } from '@valetkey/credentials';
import { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { AccessLinks } from './access-links.ts';
import { PortalSessions } from './portal-sessions.ts';
import { HOUR, type Owner, Tokens } from './tokens.ts';

const ROWS = 100_000;
const ACCOUNTS = 1_000;

const Statement = z.object({ text: z.string(), values: z.array(z.unknown()).default([]) });
type Statement = z.infer<typeof Statement>;

let tokens: Tokens;
let owner: Owner;
const spies: { mock: { calls: unknown[][] } }[] = [];

beforeAll(async () => {
  tokens = await Tokens.start();
  owner = tokens.owner();
  await seed();
  await listen();
}, 60_000);
afterAll(() => tokens.stop());

/** Tokens with a session each, a tenth of them ended, in a thousand accounts, and half as many at the portal. */
async function seed(): Promise<void> {
  const now = tokens.service.clock.now();
  const accounts = [owner.accountId, ...Array.from({ length: ACCOUNTS - 1 }, () => uuidv7())];
  await tokens.sql(
    `INSERT INTO login_tokens SELECT uuidv7(), a, 'Token ' || n, 'permanent', 'active', 'viewer', 'account', a, '{}',
       CASE WHEN n % 7 = 0 THEN 5 END, $2::timestamptz + interval '1 day', 'secret' || n, 'vkl_…abcd', 2, 'before' || n,
       CASE WHEN n % 50 = 0 THEN $2::timestamptz + interval '1 hour' END, NULL, NULL, 1, 1, $2, a::text, 'Ada'
       FROM generate_series(1, ${ROWS}) n, LATERAL (SELECT ($1::uuid[])[n % ${ACCOUNTS} + 1]) AS account (a)`,
    [accounts, now],
  );
  await tokens.sql(
    `INSERT INTO sessions SELECT uuidv7(), 'login_token', secret_hash, account_id, NULL, 'login-token', id, name, id, 2,
       false, 3600, $1, $1, $1::timestamptz + interval '12 hours', $1::timestamptz + interval '1 hour',
       CASE WHEN secret_hash LIKE '%0' THEN $1 END, NULL, '::1', '', 1 FROM login_tokens`,
    [now],
  );
  await tokens.sql(
    `INSERT INTO sessions SELECT uuidv7(), 'portal', 'portal' || n, ($2::uuid[])[n % ${ACCOUNTS} + 1], NULL, 'user',
       ('00000000-0000-7000-8000-' || lpad((n / 5)::text, 12, '0'))::uuid, 'Ada', NULL, NULL, false, 3600, $1, $1,
       $1::timestamptz + interval '1 day', $1::timestamptz + interval '1 hour', NULL, NULL, '::1', '', 1
       FROM generate_series(1, ${ROWS / 2}) n`,
    [now, accounts],
  );
  await seedKeys(now);
  await seedLinks(now);
  // So that the sweep has no reminders to work out, as it does once for what is there before there are any.
  await tokens.sql('UPDATE login_tokens SET remind_at = NULL');
  await tokens.sql('VACUUM ANALYZE');
}

/** As many keys, each used from one place. */
async function seedKeys(now: Date): Promise<void> {
  await tokens.sql(
    `INSERT INTO access_keys SELECT uuidv7(), account_id, name, status, role, scope_type, scope_id, '{}', expires_at, NULL,
       secret_hash, hint, previous_secret_hash, previous_secret_ends_at, $1, '::1', 1, 1, created_at, created_by_id, 'Ada'
       FROM login_tokens`,
    [now],
  );
  await tokens.sql(`INSERT INTO access_key_places SELECT id, '203.0.113.0' FROM access_keys`);
}

/** A fifth as many access links, each for a user of its own. */
async function seedLinks(now: Date): Promise<void> {
  await tokens.sql(
    `INSERT INTO access_links (id, account_id, user_id, user_name, email_id, email, status, expires_at, uses,
         waive_two_factor, delivery, mail_id, secret_hash, secret_number, wrong_tries, version, revision, created_at,
         created_by_id, created_by_name, edited_by_id, edited_by_name)
       SELECT uuidv7(), account_id, uuidv7(), name, uuidv7(), 'uma@acme.example', 'live', $1::timestamptz + interval '1 day',
         0, false, 'sent', uuidv7(), secret_hash, 1, 0, 1, 1, $1, uuidv7(), 'Ada', uuidv7(), 'Ada' FROM login_tokens
       LIMIT ${ROWS / 5}`,
    [now],
  );
}

/** Listens to what the service asks of PostgreSQL. */
async function listen(): Promise<void> {
  const pool = await tokens.service.app.get(EntityManager).getConnection().getNativeClient();
  const known = new Set<object>();
  pool.on('acquire', (client) => {
    if (!known.has(client)) spies.push(jest.spyOn(client, 'query'));
    known.add(client);
  });
}

/** Each statement heard, once. */
function heard(): Statement[] {
  const calls: unknown[][] = spies.flatMap(({ mock }) => mock.calls);
  const all = calls.map(([query, values]) =>
    Statement.parse(typeof query === 'string' ? { text: query, values } : query),
  );
  return [...new Map(all.map((statement) => [statement.text, statement])).values()];
}

/** Which of the full tables PostgreSQL would read from one end to the other; of the small ones that is the best plan. */
async function readWhole({ text, values }: Statement): Promise<string[]> {
  const [given] = await tokens.sql(`EXPLAIN (FORMAT JSON) ${text}`, values);
  // A prepared statement may be run by a plan that knows none of its values.
  const [any] = /\$\d+(::\w+)? IS NULL OR /.test(text)
    ? []
    : await tokens.sql(`EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${text}`);
  const plan = JSON.stringify([given?.['QUERY PLAN'], any?.['QUERY PLAN']]);
  return [
    ...plan.matchAll(
      /"Seq Scan"[^{}]*"Relation Name":"(sessions|login_tokens|access_keys|access_key_places|access_links)"/g,
    ),
  ].map(([, table = '']) => table);
}

/** What a user does with their sessions, and what is done with them. */
async function beAtThePortal(): Promise<void> {
  const portal = await PortalSessions.of(tokens);
  const userId = uuidv7();
  const [one, own] = await portal.openOf(userId, 4, { accountId: owner.accountId });
  if (!one || !own) throw new Error('too few sessions');
  const caller = tokens.callerOf(own);
  await tokens.ask(listOwnSessions, {}, caller);
  await portal.switch(own, { organizationId: tokens.newScope() });
  await tokens.ask(endOwnSession, { sessionId: one.session.id }, caller);
  portal.lose(userId, owner.accountId);
  await portal.tell(portal.removed(userId, owner.accountId));
  await tokens.ask(endOwnSessions, {}, caller);
  await portal.identity.ask(endUserSessions, { userId, reason: 'user-locked' }, tokens.service.context());
  const tenancy = tokens.tenancyOf(tokens.owner({ accountId: owner.accountId }));
  await tokens.tell(tenancy.created(), tenancy.policy({ portalIdleMinutes: 30, portalMaxHours: 8 }));
  await tokens.sweep();
  await tokens.tell(tenancy.deleted());
}

/** What an owner does with a key, and what is noted of it. */
async function lendAKey(): Promise<void> {
  const key = await tokens.createKey(owner, { allowedCidrs: ['::1'] });
  const { accountId } = owner;
  const about = { accountId, accessKeyId: key.id };
  await tokens.live(key);
  await tokens.ask(listAccessKeys, { accountId, query: 'en 77' }, owner);
  for (const address of ['::1', '203.0.113.1']) {
    const keyUses = [{ id: key.id, at: tokens.later(1).toISOString(), address }];
    await tokens.ask(recordUses, { uses: [], keyUses });
  }
  await tokens.ask(getAccessKey, about, owner);
  await tokens.ask(updateAccessKey, { ...about, expiresAt: tokens.later(HOUR).toISOString() }, owner);
  await tokens.ask(rotateAccessKey, { ...about, graceSeconds: 1 }, owner);
  await tokens.ask(deleteAccessKey, about, owner);
  const scope = { accountId, scopeType: 'group' as const, scopeId: uuidv7() };
  await (await tokens.service.as('tenancy')).ask(listScopedCredentials, scope, tokens.service.context());
}

/** What an owner does with an access link, and what is noted and asked of it. */
async function lendALink(): Promise<void> {
  const [links, maker] = [new AccessLinks(tokens), { ...owner, modules: ['access_links' as const] }];
  const link = await links.create(maker);
  const { accountId } = owner;
  const about = { accountId, accessLinkId: link.id };
  await tokens.ask(listAccessLinks, { accountId }, maker);
  await tokens.ask(listAccessLinks, { accountId, userId: link.user.id, status: 'live', query: 'uma' }, maker);
  await tokens.ask(getAccessLink, about, maker);
  const { mailId } = await tokens.mails.of(link);
  await links.tell(links.sent(mailId));
  const notifications = await tokens.service.as('notifications');
  await notifications.ask(findLinkOfMail, { mailId }, tokens.service.context());
  const asked = { accessLinkId: link.id, secretNumber: 1 };
  await notifications.ask(isAccessLinkWanted, asked, tokens.service.context());
  await links.edit(maker, link, { maxUses: 1 });
  await tokens.ask(deleteAccessLink, about, maker);
}

it('With 100,000 tokens and sessions no statement reads either table from one end to the other', async () => {
  const account = { accountId: owner.accountId };
  await tokens.tell(tokens.tenancyOf(owner).created(1_000));
  const [token, doomed] = [await tokens.create(owner, { maxSessions: 9 }), await tokens.create(owner)];
  const opened = [];
  for (const { secret } of [token, doomed, token, token]) opened.push(await tokens.redeem(secret));
  const [one, two, three] = opened;
  if (!one || !two || !three) throw new Error('too few sessions');
  const about = { ...account, loginTokenId: token.id };

  await tokens.refusal(makeSecret('vkl'));
  await tokens.live(...opened, { secret: makeSecret('vkf') });
  await tokens.ask(listLoginTokens, account, owner);
  await tokens.ask(listLoginTokens, { ...account, status: 'active', query: 'en 77' }, owner);
  await tokens.ask(getLoginToken, about, owner);
  await tokens.ask(listLoginTokenSessions, about, owner);
  await tokens.ask(listAccountSessions, account, owner);
  const use = { id: one.session.id, at: tokens.later(1).toISOString(), address: '::1' };
  await tokens.ask(recordUses, { uses: [use] });
  await tokens.ask(signOut, {}, tokens.callerOf(one));
  await tokens.ask(revokeCredential, { hash: hashSecret(two.secret), resourceServerId: uuidv7() });
  await tokens.ask(endLoginTokenSession, { ...about, sessionId: three.session.id }, owner);
  await tokens.ask(endLoginTokenSessions, about, owner);
  await tokens.ask(updateLoginToken, { ...about, role: 'viewer', maxSessions: 8 }, owner);
  await tokens.ask(rotateLoginToken, { ...about, graceSeconds: 1 }, owner);
  await lendAKey();
  await lendALink();
  await tokens.pass(1_000);
  await tokens.ask(deleteLoginToken, { ...account, loginTokenId: doomed.id }, owner);
  await tokens.ask(endAccountSessions, { ...account, kind: 'login_token' }, owner);
  await beAtThePortal();

  const asked = heard().filter(({ text }) =>
    /\b(FROM|UPDATE|INTO)\s+"?(sessions|login_tokens|access_key|access_link)/i.test(text),
  );
  expect(asked.length).toBeGreaterThan(20);
  const whole = new Map<string, string[]>();
  for (const statement of asked) {
    const tables = await readWhole(statement);
    if (tables.length > 0) whole.set(statement.text, tables);
  }
  expect([...whole]).toEqual([]);
}, 60_000);
