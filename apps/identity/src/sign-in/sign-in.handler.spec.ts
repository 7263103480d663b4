import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Failure, type InputOf, type openPortalSession, signIn, signUp } from '@valetkey/contracts';
import { hash } from '@node-rs/argon2';
import { openedSession } from '../../test/opened-session.ts';
import { anyone, registered } from '../../test/people.ts';
import { OPERATOR_EMAIL, startIdentity, type TestIdentity } from '../../test/start-identity.ts';
import { toldEvents } from '../../test/told-events.ts';

const INVALID = new Failure('invalid_credentials');
const THROTTLED = new Failure('too_many_requests', { retryAfter: 900 });
const WRONG = 'another password';

let identity: TestIdentity;
let clients = 0;

beforeAll(async () => {
  identity = await startIdentity();
  await identity.startReplica();
});
afterAll(async () => identity.stop());

/** Signs in from an address, by default one that nobody has used yet. */
async function signInWith(email: string, password: string, address = newClient()) {
  return identity.gateway.ask(signIn, { email, password }, identity.context(undefined, { address }));
}

function newClient(): string {
  clients += 1;
  return `198.51.${100 + Math.floor(clients / 250)}.${clients % 250}`;
}

async function userIdOf(email: string): Promise<string> {
  const { rows } = await identity.database.query<{ id: string }>(
    'SELECT user_id AS id FROM emails WHERE address = $1',
    [email],
  );
  return rows[0]?.id ?? '';
}

function countOf(answers: readonly unknown[], code: string): number {
  return answers.filter((answer) => answer instanceof Failure && answer.code === code).length;
}

describe('signing in', () => {
  it('opens a session in the account that tenancy chooses, for the user and in their name', async () => {
    const { email, password } = await registered(identity);
    const id = await userIdOf(email);
    const answer = await signInWith(email.toUpperCase(), password, '203.0.113.9');
    expect(answer).toMatchObject({
      session: {
        kind: 'portal',
        subject: { type: 'user', id, name: 'Ada Lovelace' },
        accountId: '01970000-0000-7000-8000-000000000001',
        operator: false,
        address: '203.0.113.9',
        userAgent: 'jest',
      },
      secret: expect.stringMatching(/^vks_/),
    });
  });

  it('by cookie asks for a forwarded session besides, and else for none', async () => {
    const { email, password } = await registered(identity);
    const context = () => identity.context(undefined, { address: newClient() });
    const byCookie = await identity.gateway.ask(signIn, { email, password, cookie: true }, context());
    expect(byCookie).toHaveProperty('forwardedSecret', expect.stringMatching(/^vkf_/));
    for (const more of [{}, { cookie: false }]) {
      const answer = await identity.gateway.ask(signIn, { email, password, ...more }, context());
      expect(answer).not.toHaveProperty('forwardedSecret');
    }
  });

  it('as a member of no account opens a session without one', async () => {
    const { email, password } = await registered(identity);
    const asked = await withNeighbours({ chooseStanding: () => new Failure('not_found') }, async () =>
      signInWith(email, password),
    );
    expect(asked).not.toHaveProperty('session.accountId');
    expect(asked).toHaveProperty('session.kind', 'portal');
  });

  it('with the operator’s address makes an operator', async () => {
    const { password } = await registered(identity, anyone({ email: OPERATOR_EMAIL }));
    expect(await signInWith(OPERATOR_EMAIL, password)).toHaveProperty('session.operator', true);
  });

  it('is refused alike for a wrong password, an unknown address and an unverified one', async () => {
    const { email } = await registered(identity);
    const unverified = anyone();
    await identity.gateway.ask(signUp, unverified, identity.context(undefined, { address: newClient() }));
    expect(await signInWith(email, WRONG)).toEqual(INVALID);
    expect(await signInWith('nobody@example.com', WRONG)).toEqual(INVALID);
    expect(await signInWith(unverified.email, unverified.password)).toEqual(INVALID);
  });

  it('renews a hash that was made with other parameters', async () => {
    const { email, password } = await registered(identity);
    const old = await hash(password, { memoryCost: 8192, timeCost: 1 });
    await identity.database.query('UPDATE users SET password_hash = $2 WHERE id = $1', [await userIdOf(email), old]);
    expect(await signInWith(email, password)).not.toBeInstanceOf(Failure);
    const { rows } = await identity.database.query<{ password_hash: string }>(
      'SELECT password_hash FROM users WHERE id = $1',
      [await userIdOf(email)],
    );
    expect(rows[0]?.password_hash).toContain('m=19456,t=2,p=1');
    expect(await signInWith(email, password)).not.toBeInstanceOf(Failure);
  });
});

describe('failed sign-ins', () => {
  it.each([
    ['a known address', async () => (await registered(identity)).email],
    ['an unknown address', async () => anyone().email],
  ])('with %s are five in a quarter of an hour, in a burst too', async (_which, addressed) => {
    const email = await addressed();
    const client = newClient();
    const answers = await Promise.all(Array.from({ length: 40 }, async () => signInWith(email, WRONG, client)));
    expect(countOf(answers, 'invalid_credentials')).toBe(5);
    expect(countOf(answers, 'too_many_requests')).toBe(35);
    expect(await signInWith(email, WRONG, client)).toEqual(THROTTLED);
    identity.clock.advance(900_000);
    expect(await signInWith(email, WRONG, client)).toEqual(INVALID);
  });

  it('throttle the right password too, but only from that client', async () => {
    const { email, password } = await registered(identity);
    const client = newClient();
    for (let count = 0; count < 5; count += 1) await signInWith(email, WRONG, client);
    expect(await signInWith(email, password, client)).toEqual(THROTTLED);
    expect(await signInWith(email, password)).not.toBeInstanceOf(Failure);
  });

  it('are not made by successes, however many at once', async () => {
    const { email, password } = await registered(identity);
    const client = newClient();
    const answers = await Promise.all(Array.from({ length: 20 }, async () => signInWith(email, password, client)));
    expect(answers.filter((answer) => answer instanceof Failure)).toEqual([]);
  });

  it('are not made by a fault of ours', async () => {
    const { email, password } = await registered(identity);
    const client = newClient();
    for (let count = 0; count < 6; count += 1) {
      const away = { openPortalSession: () => new Failure('unavailable', { retryAfter: 1 }) };
      expect(await withNeighbours(away, async () => signInWith(email, password, client))).toMatchObject({
        code: 'unavailable',
      });
    }
    await identity.database.query('ALTER TABLE users RENAME TO away');
    for (let count = 0; count < 6; count += 1)
      expect(await signInWith(email, WRONG, client)).toMatchObject({ code: 'internal' });
    await identity.database.query('ALTER TABLE away RENAME TO users');
    expect(await signInWith(email, password, client)).not.toBeInstanceOf(Failure);
  });

  it('are counted without keeping the addresses', async () => {
    const { email } = await registered(identity);
    await signInWith(email, WRONG, '203.0.113.77');
    const { rows } = await identity.database.query<{ keys: string }>(
      `SELECT string_agg(key, ' ') AS keys FROM (SELECT key FROM throttles UNION ALL SELECT key FROM failed_sign_ins) k`,
    );
    expect(rows[0]?.keys).not.toContain(email);
    expect(rows[0]?.keys).not.toContain('203.0.113.77');
  });
});

describe('a hundred failures in a row', () => {
  it('stop a user’s sign-in from everywhere, answered as a wrong password and told once', async () => {
    const { email, password } = await registered(identity);
    for (let round = 0; round < 11; round += 1) {
      await Promise.all(Array.from({ length: 10 }, async () => signInWith(email, WRONG)));
    }
    expect(await signInWith(email, password)).toEqual(INVALID);
    const events = await toldEvents(identity.database, `user:${await userIdOf(email)}`);
    expect(events.filter(({ type }) => type === 'dev.valetkey.user.sign-in-blocked.v1')).toEqual([
      { type: 'dev.valetkey.user.sign-in-blocked.v1', actor: expect.any(String), sequence: 3, data: { failures: 100 } },
    ]);
  });

  it('are no row with a success among them', async () => {
    const { email, password } = await registered(identity);
    for (let round = 0; round < 2; round += 1) {
      for (let burst = 0; burst < 6; burst += 1) {
        await Promise.all(Array.from({ length: 10 }, async () => signInWith(email, WRONG)));
      }
      expect(await signInWith(email, password)).not.toBeInstanceOf(Failure);
    }
  });
});

type Stand = Partial<Pick<TestIdentity['neighbours'], 'chooseStanding' | 'openPortalSession'>>;

/** Lets a neighbour answer otherwise for the length of a work. */
async function withNeighbours<T>(change: Stand, work: () => Promise<T>): Promise<T> {
  const { chooseStanding } = identity.neighbours;
  Object.assign(identity.neighbours, change);
  try {
    return await work();
  } finally {
    identity.neighbours.chooseStanding = chooseStanding;
    identity.neighbours.openPortalSession = (input: InputOf<typeof openPortalSession>) => openedSession(input);
  }
}
