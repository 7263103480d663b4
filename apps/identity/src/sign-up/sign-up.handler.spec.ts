import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Failure, signUp } from '@valetkey/contracts';
import { everythingDelivered } from '../../test/everything-delivered.ts';
import { anyone, GOOD_PASSWORD, registered } from '../../test/people.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';

let identity: TestIdentity;

beforeAll(async () => {
  identity = await startIdentity();
});
afterAll(async () => identity.stop());

const signUpFrom = async (address: string, person = anyone()) =>
  identity.gateway.ask(signUp, person, identity.context(undefined, { address }));

async function signedUp(person = anyone()) {
  await signUpFrom('198.51.100.2', person);
  return person;
}

describe('signing up', () => {
  it('mails a secret, to be used within a day, and nothing that the one who signed up worded', async () => {
    const person = anyone({ email: 'Ada@Example.com', name: 'Win a prize', locale: 'pt' });
    expect(await signUpFrom('198.51.100.1', person)).toEqual({});
    const mail = await identity.neighbours.mails.nth('ada@example.com', 1);
    expect(mail).toEqual({
      template: 'verification',
      to: 'ada@example.com',
      locale: 'pt',
      secret: expect.stringMatching(/^vkv_/),
      verificationId: expect.any(String),
    });
  });

  it('keeps neither the password nor the secret', async () => {
    const person = anyone();
    await signUpFrom('198.51.100.1', person);
    const secret = await identity.neighbours.mails.secret(person.email);
    const kept = await everyRow();
    expect(kept).toContain(person.email);
    expect(kept).not.toContain(person.password);
    expect(kept).not.toContain(secret);
  });

  it('with an address that is already somebody’s answers and writes alike, and only its mail differs', async () => {
    const user = await registered(identity);
    const stranger = await signedUp();
    const ofStranger = await written(async () => signUpFrom('198.51.100.2', stranger));
    const ofUser = await written(async () => signUpFrom('198.51.100.2', { ...user, name: 'Somebody Else' }));
    expect(ofUser).toEqual(ofStranger);
    expect(await identity.neighbours.mails.nth(user.email, 2)).toEqual({
      template: 'already-registered',
      to: user.email,
      name: 'Ada Lovelace',
      locale: 'en',
    });
  });

  it.each([
    ['somebody’s already', async () => registered(identity)],
    ['nobody’s yet', signedUp],
  ])(
    'mails an address that is %s at most ten times an hour, whoever asks, and answers alike',
    async (_whose, first) => {
      const person = await first();
      for (let client = 1; client <= 11; client += 1) {
        expect(await signUpFrom(`198.51.103.${client}`, person)).toEqual({});
      }
      await identity.neighbours.mails.nth(person.email, 10);
      identity.clock.advance(3_600_000);
      expect(await signUpFrom('198.51.100.2', person)).toEqual({});
      await identity.neighbours.mails.nth(person.email, 11);
      await everythingDelivered(identity);
      expect(identity.neighbours.mails.to(person.email)).toHaveLength(11);
    },
  );

  it('twice with one address sends two mails', async () => {
    const person = anyone();
    await signUpFrom('198.51.100.1', person);
    await signUpFrom('198.51.100.1', person);
    await identity.neighbours.mails.nth(person.email, 2);
    expect(new Set(identity.neighbours.mails.to(person.email)).size).toBe(2);
  });
});

describe('a password', () => {
  it('that is easy to guess for this user is refused with advice', async () => {
    const answer = await signUpFrom('198.51.100.1', anyone({ password: 'adalovelace1815' }));
    expect(answer).toBeInstanceOf(Failure);
    expect(answer).toMatchObject({ code: 'guessable_password', extras: { detail: expect.stringMatching(/\w/) } });
  });

  it.each([
    ['of eleven characters', 'x7!qPz#9Lm2'],
    ['of eleven characters that take two units each', '🦒'.repeat(11)],
    ['of 129 characters', 'x'.repeat(129)],
  ])('%s is malformed', async (_which, password) => {
    const answer = await signUpFrom('198.51.100.1', anyone({ password }));
    expect(answer).toMatchObject({ code: 'malformed', extras: { errors: [{ pointer: '/password' }] } });
  });

  it('of 128 characters that take two units each is good', async () => {
    const password = GOOD_PASSWORD + '🦒'.repeat(128 - GOOD_PASSWORD.length);
    expect(await signUpFrom('198.51.100.1', anyone({ password }))).toEqual({});
  });
});

describe('a client', () => {
  it('signs up at most 60 times an hour, while others still can', async () => {
    const guessable = () => anyone({ password: 'passwordpassword' });
    const answers = await Promise.all(Array.from({ length: 70 }, async () => signUpFrom('198.51.100.60', guessable())));
    const refused = answers.filter((answer) => answer instanceof Failure && answer.code === 'too_many_requests');
    expect(refused).toEqual(Array.from({ length: 10 }, () => new Failure('too_many_requests', { retryAfter: 3600 })));
    expect(await signUpFrom('198.51.100.61')).toEqual({});
    identity.clock.advance(3_600_000);
    expect(await signUpFrom('198.51.100.60')).toEqual({});
  });

  it('loses no try by a fault of ours', async () => {
    const before = await tries();
    await identity.database.query('ALTER TABLE sign_ups RENAME TO away');
    expect(await signUpFrom('198.51.100.62')).toEqual(new Failure('internal'));
    await identity.database.query('ALTER TABLE away RENAME TO sign_ups');
    expect(await tries()).toBe(before);
  });
});

async function tries(): Promise<number> {
  const { rows } = await identity.database.query<{ sum: number }>(
    'SELECT coalesce(sum(count), 0)::int AS sum FROM throttles',
  );
  return rows[0]?.sum ?? 0;
}

async function tables(): Promise<string[]> {
  const { rows } = await identity.database.query<{ name: string }>(
    `SELECT relname AS name FROM pg_stat_user_tables ORDER BY relname`,
  );
  return rows.map(({ name }) => name);
}

/** How many rows a work adds to each table. */
async function written(work: () => Promise<unknown>): Promise<{ answer: unknown; rows: Record<string, number> }> {
  const before = await counts();
  const answer = await work();
  const after = await counts();
  return {
    answer,
    rows: Object.fromEntries([...after].map(([table, count]) => [table, count - (before.get(table) ?? 0)])),
  };
}

async function counts(): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const table of await tables()) {
    const { rows } = await identity.database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
    found.set(table, rows[0]?.count ?? 0);
  }
  return found;
}

async function everyRow(): Promise<string> {
  const texts: string[] = [];
  for (const table of await tables()) {
    const { rows } = await identity.database.query<{ text: string }>(`SELECT t::text AS text FROM ${table} t`);
    texts.push(...rows.map(({ text }) => text));
  }
  return texts.join('\n');
}
