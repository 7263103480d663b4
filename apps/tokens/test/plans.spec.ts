import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import {
  deleteLoginToken,
  endAccountSession,
  endAccountSessions,
  endLoginTokenSession,
  getLoginToken,
  listAccountSessions,
  listLoginTokens,
  listLoginTokenSessions,
  recordUses,
  revokeCredential,
  rotateLoginToken,
  signOut,
  updateLoginToken,
} from '@valetkey/contracts';
import { hashSecret } from '@valetkey/credentials';
import { EntityManager } from '@mikro-orm/postgresql';
import { appendFileSync } from 'node:fs';
import { v7 as uuidv7 } from 'uuid';
import { MINUTE, type Owner, Tokens } from './tokens.ts';

const ROWS = 100_000;

let tokens: Tokens;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  owner = tokens.owner();
  await seed();
}, 60_000);
afterAll(() => tokens.stop());

/** Tokens with a session each: a fifth of them in one account, the others in a thousand. */
async function seed(): Promise<void> {
  const [now, others] = [tokens.service.clock.now(), Array.from({ length: 1_000 }, () => uuidv7())];
  const account = 'CASE WHEN n % 5 = 0 THEN $1::uuid ELSE ($2::uuid[])[n % 1000 + 1] END';
  await tokens.sql(
    `INSERT INTO login_tokens SELECT uuidv7(), ${account}, 'Token ' || n, 'permanent', 'active', 'viewer',
       'account', ${account}, '{}', CASE WHEN n % 7 = 0 THEN 5 END, $3::timestamptz + interval '1 day', 'secret' || n,
       'vkl_…abcd', 2, 'before' || n, CASE WHEN n % 50 = 0 THEN $3::timestamptz + interval '1 hour' END, NULL, NULL, 1, 1,
       $3, $1::text, 'Ada' FROM generate_series(1, ${ROWS}) n`,
    [owner.accountId, others, now],
  );
  await tokens.sql(
    `INSERT INTO sessions SELECT uuidv7(), 'login_token', secret_hash, account_id, NULL, 'login-token', id, name, id, 2,
       false, 3600, $1, $1, $1::timestamptz + interval '12 hours', $1::timestamptz + interval '1 hour',
       CASE WHEN secret_hash LIKE '%0' THEN $1 END, NULL, '::1', '', 1 FROM login_tokens`,
    [now],
  );
  await tokens.sql('ANALYZE');
}

it('x', async () => {
  const limited = tokens.owner({ accountId: owner.accountId });
  await tokens.tell(tokens.tenancyOf(limited).created(1_000_000));
  const [token, doomed] = [await tokens.create(owner, { maxSessions: 9 }), await tokens.create(owner)];
  const calls: unknown[][] = [];
  const pool = await tokens.service.app.get(EntityManager).getConnection().getNativeClient();
  const spied = new Set<unknown>();
  pool.on('acquire', (client) => {
    if (spied.has(client)) return;
    spied.add(client);
    const asked = jest.spyOn(client, 'query');
    asked.mock.calls.push = ((...c: unknown[][]) => calls.push(...c)) as never;
  });
  const [one, two, three, four] = [
    await tokens.redeem(token.secret),
    await tokens.redeem(doomed.secret),
    await tokens.redeem(token.secret),
    await tokens.redeem(token.secret),
  ];
  const account = { accountId: owner.accountId };
  const about = { ...account, loginTokenId: token.id };
  await tokens.live(one, two, three);
  await tokens.ask(listLoginTokens, account, owner);
  await tokens.ask(listLoginTokens, { ...account, status: 'active', query: 'en 77' }, owner);
  await tokens.ask(getLoginToken, about, owner);
  await tokens.ask(listLoginTokenSessions, about, owner);
  await tokens.ask(listAccountSessions, account, owner);
  await tokens.ask(recordUses, {
    uses: [one, two].map(({ session }) => ({ id: session.id, at: tokens.later(1).toISOString(), address: '::1' })),
  });
  await tokens.ask(signOut, {}, tokens.callerOf(one));
  await tokens.ask(endLoginTokenSession, { ...about, sessionId: three.session.id }, owner);
  await tokens.ask(endAccountSession, { ...account, sessionId: four.session.id }, owner);
  await tokens.ask(revokeCredential, { hash: hashSecret(two.secret), resourceServerId: uuidv7() });
  await tokens.ask(updateLoginToken, { ...about, maxSessions: 8 }, owner);
  await tokens.ask(rotateLoginToken, { ...about, graceSeconds: 1 }, owner);
  await tokens.pass(MINUTE);
  await tokens.ask(deleteLoginToken, { ...account, loginTokenId: doomed.id }, owner);
  const seen = new Set<string>();
  for (const call of calls) {
    const [first, second] = call as unknown[];
    const text = typeof first === 'string' ? first : (first as { text: string }).text;
    const values = (typeof first === 'string' ? second : (first as { values: unknown[] }).values) as unknown[];
    if (seen.has(text) || !/sessions|login_tokens|throttles|accounts/.test(text)) continue;
    seen.add(text);
    const rows = await tokens.sql(`EXPLAIN ANALYZE ${text}`, values).catch((e: Error) => [{ 'QUERY PLAN': e.message }]);
    appendFileSync('/tmp/w/plans.out', `\n#### ${text}\n${rows.map((r) => r['QUERY PLAN']).join('\n')}\n`);
  }
  void endAccountSessions;
}, 60_000);
