import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type AskOf, Failure, type InputOf, type openAccount, signUp, verifyEmail } from '@valetkey/contracts';
import { makeSecret } from '@valetkey/credentials';
import { anyone } from '../../test/people.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';
import { toldEvents } from '../../test/told-events.ts';

let identity: TestIdentity;
let opened: InputOf<typeof openAccount>[] = [];
const keepOpened = (input: InputOf<typeof openAccount>) => {
  opened.push(input);
  return {};
};

beforeAll(async () => {
  identity = await startIdentity();
  await identity.startReplica();
  identity.neighbours.openAccount = keepOpened;
});
afterEach(() => {
  identity.neighbours.openAccount = keepOpened;
  opened = [];
});
afterAll(async () => identity.stop());

const verify = async (token: string, password?: string, address = '198.51.100.1') =>
  identity.gateway.ask(verifyEmail, { token, password }, identity.context(undefined, { address }));

async function signedUp(person = anyone()): Promise<AskOf<typeof signUp> & { token: string }> {
  const mails = identity.neighbours.mails.to(person.email).length;
  await identity.gateway.ask(signUp, person, identity.context());
  return { ...person, token: await identity.neighbours.mails.secret(person.email, mails + 1) };
}

async function usersWith(email: string): Promise<{ id: string; name: string }[]> {
  const text = 'SELECT u.id, u.name FROM users u JOIN emails e ON e.user_id = u.id WHERE e.address = $1';
  return (await identity.database.query<{ id: string; name: string }>(text, [email])).rows;
}

describe('the first verification', () => {
  it('asks for the password of the sign-up', async () => {
    const { token, email, password } = await signedUp();
    expect(await verify(token)).toEqual(new Failure('wrong_password'));
    expect(await verify(token, 'another password')).toEqual(new Failure('wrong_password'));
    expect(await usersWith(email)).toEqual([]);
    expect(await verify(token, password)).toEqual({});
  });

  it('opens the account, then makes the user, who is told to have done it', async () => {
    const { token, email, password } = await signedUp();
    await verify(token, password);
    const [user] = await usersWith(email);
    const id = user?.id ?? '';
    const owner = { userId: id, name: 'Ada Lovelace', primaryEmail: email, version: 1 };
    expect(opened).toEqual([{ accountId: expect.any(String), accountName: 'Analytical Engines', owner }]);
    const acted = { actor: `user:${id}` };
    expect(await toldEvents(identity.database, `user:${id}`)).toEqual([
      {
        ...acted,
        type: 'dev.valetkey.user.registered.v1',
        sequence: 1,
        data: { name: 'Ada Lovelace', accountId: opened[0]?.accountId },
      },
      { ...acted, type: 'dev.valetkey.user.email-verified.v1', sequence: 2, data: { emailId: expect.any(String) } },
    ]);
  });

  it('happens once, of however many that come at once', async () => {
    const { token, email, password } = await signedUp();
    const answers = await Promise.all(Array.from({ length: 20 }, async () => verify(token, password)));
    expect(answers.filter((answer) => !(answer instanceof Failure))).toEqual([{}]);
    expect(answers.filter((answer) => answer instanceof Failure)).toEqual(
      Array.from({ length: 19 }, () => new Failure('invalid_token')),
    );
    expect(await usersWith(email)).toHaveLength(1);
    expect(new Set(opened.map(({ accountId }) => accountId)).size).toBe(1);
  });

  it('is throttled after five wrong passwords, for a quarter of an hour', async () => {
    const { token, password } = await signedUp();
    const wrong = await Promise.all(Array.from({ length: 30 }, async () => verify(token, 'another password')));
    expect(wrong.filter((answer) => answer instanceof Failure && answer.code === 'wrong_password')).toHaveLength(5);
    expect(await verify(token, password)).toEqual(new Failure('too_many_requests', { retryAfter: 900 }));
    identity.clock.advance(900_000);
    expect(await verify(token, password)).toEqual({});
  });

  it('without any password costs no try', async () => {
    const { token, password } = await signedUp();
    for (let count = 0; count < 6; count += 1) await verify(token);
    expect(await verify(token, password)).toEqual({});
  });
});

describe('of two who sign up with one address', () => {
  it('neither verifies with the other’s password', async () => {
    const [one, other] = [await signedUp(), anyone()];
    const second = await signedUp({ ...other, email: one.email, password: 'sixteen stubborn herons' });
    expect(await verify(second.token, one.password)).toEqual(new Failure('wrong_password'));
    expect(await verify(second.token, second.password)).toEqual({});
  });

  it('the first to verify has it, and the other’s secret is dead', async () => {
    const one = await signedUp();
    const other = await signedUp(anyone({ email: one.email, name: 'Somebody Else' }));
    expect(await verify(one.token, one.password)).toEqual({});
    expect(await verify(other.token, other.password)).toEqual(new Failure('invalid_token'));
    expect(await usersWith(one.email)).toEqual([{ id: expect.any(String), name: 'Ada Lovelace' }]);
  });

  it('one has it when both come at once', async () => {
    const one = await signedUp();
    const other = await signedUp(anyone({ email: one.email }));
    const answers = await Promise.all([verify(one.token, one.password), verify(other.token, other.password)]);
    expect(answers).toContainEqual({});
    expect(answers).toContainEqual(new Failure('invalid_token'));
    expect(await usersWith(one.email)).toHaveLength(1);
  });
});

describe('a secret', () => {
  it.each([
    ['that nobody was given', makeSecret('vkv')],
    ['of another kind', makeSecret('vks')],
    ['that is none at all', 'hello'],
  ])('%s is not valid', async (_which, token) => {
    expect(await verify(token, 'whatever it may be')).toEqual(new Failure('invalid_token'));
  });

  it('is not valid after a day', async () => {
    const { token, password } = await signedUp();
    identity.clock.advance(24 * 3_600_000);
    expect(await verify(token, password)).toEqual(new Failure('invalid_token'));
  });

  it('is not valid twice', async () => {
    const { token, password } = await signedUp();
    await verify(token, password);
    expect(await verify(token, password)).toEqual(new Failure('invalid_token'));
  });
});

describe('guesses at secrets', () => {
  it('are a hundred a minute and client, and then it waits whatever it shows', async () => {
    const from = '198.51.100.99';
    const guess = async () => verify(makeSecret('vkv'), 'whatever it may be', from);
    const answers = await Promise.all(Array.from({ length: 100 }, guess));
    expect(answers).toEqual(Array.from({ length: 100 }, () => new Failure('invalid_token')));
    const { token, password } = await signedUp();
    expect(await verify(token, password, from)).toEqual(new Failure('too_many_requests', { retryAfter: 60 }));
    expect(await verify(token, password)).toEqual({});
  });
});

describe('a fault of ours', () => {
  it('while tenancy is away leaves everything as it was', async () => {
    const { token, email, password } = await signedUp();
    identity.neighbours.openAccount = () => new Failure('unavailable', { retryAfter: 1 });
    for (let count = 0; count < 6; count += 1) {
      expect(await verify(token, password)).toEqual(new Failure('unavailable', { retryAfter: 1 }));
    }
    expect(await usersWith(email)).toEqual([]);
    identity.neighbours.openAccount = keepOpened;
    expect(await verify(token, password)).toEqual({});
  });

  it('after the account was opened ends in the same account', async () => {
    const { token, email, password } = await signedUp();
    await identity.database.query('ALTER TABLE users RENAME TO away');
    expect(await verify(token, password)).toEqual(new Failure('internal'));
    await identity.database.query('ALTER TABLE away RENAME TO users');
    expect(await verify(token, password)).toEqual({});
    const accounts = opened.map(({ accountId, owner }) => ({ accountId, userId: owner.userId }));
    expect(accounts).toHaveLength(2);
    expect(accounts[1]).toEqual(accounts[0]);
    expect(await usersWith(email)).toEqual([{ id: accounts[0]?.userId, name: 'Ada Lovelace' }]);
  });
});
