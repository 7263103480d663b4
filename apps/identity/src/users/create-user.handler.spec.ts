import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createUser, Failure, signIn } from '@valetkey/contracts';
import type { Bus } from '@valetkey/messaging';
import { anyone } from '../../test/people.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';

let identity: TestIdentity;
let seed: Bus;

beforeAll(async () => {
  identity = await startIdentity();
  seed = await identity.as('seed');
});
afterAll(async () => identity.stop());

describe('a user of the development stack', () => {
  it('can sign in at once', async () => {
    const { email, name, password } = anyone();
    const created = await seed.ask(createUser, { email, name, password }, identity.context());
    expect(created).toEqual({ userId: expect.any(String), version: 2 });
    expect(await identity.gateway.ask(signIn, { email, password }, identity.context())).not.toBeInstanceOf(Failure);
  });

  it('is made once', async () => {
    const { email, name, password } = anyone();
    const created = await seed.ask(createUser, { email, name, password }, identity.context());
    expect(await seed.ask(createUser, { email, name, password }, identity.context())).toEqual(created);
  });

  it('is made by nobody else', async () => {
    const { email, name, password } = anyone();
    const tenancy = await identity.as('tenancy');
    const refused = await tenancy.ask(createUser, { email, name, password }, identity.context());
    expect(refused).toEqual(new Failure('forbidden'));
  });
});
