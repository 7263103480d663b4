import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createAccessLink, updateAccessLink } from '@valetkey/contracts';
import { LinkHolders } from '../../test/link-holders.ts';
import type { LinkPeople, Person } from '../../test/link-people.ts';
import { type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let holders: LinkHolders;
let owner: Owner;
let supporter: Owner;
let person: Person;

beforeAll(async () => {
  tokens = await Tokens.start();
  holders = new LinkHolders(tokens);
});
beforeEach(async () => {
  owner = await holders.links.owner();
  supporter = holders.links.supporter(owner);
  person = holders.links.person(owner.accountId);
});
afterAll(() => tokens.stop());

const become = (userId: string, role: 'viewer' | 'owner') => async () => {
  tokens.people.of({ subject: { id: userId } }).roles.set(owner.accountId, role);
  await holders.tell(holders.told('changed', userId, owner.accountId));
};
const removeAddress = async () => {
  person.email = null;
  await holders.removed(person);
};
/** What may happen when a link was judged and is not there yet, so that its event finds none. */
const losses: [string, () => LinkPeople['meanwhile'], string][] = [
  ['its maker is a supporter no more', () => ({ tenancy: become(supporter.subject.id, 'viewer') }), 'forbidden'],
  ['its user becomes an owner', () => ({ tenancy: become(person.userId, 'owner') }), 'forbidden'],
  ['its user removes the address', () => ({ identity: removeAddress }), 'not_found'],
];
const links = () => tokens.sql('SELECT id FROM access_links WHERE user_id = $1', [person.userId]);

describe('While it is asked whether an access link may be', () => {
  it.each(losses)('made, %s: it is refused, and nothing stays of it', async (_what, loss, refusal) => {
    const asked = holders.links.asked(supporter, person);
    Object.assign(tokens.people.meanwhile, loss());
    expect(await tokens.attempt(createAccessLink, asked, supporter)).toBe(refusal);
    expect(await links()).toEqual([]);
    const mine = `body::json -> 'data' -> 'user' ->> 'id' = $1 ORDER BY id`;
    const told = await tokens.sql(`SELECT subject FROM outbox WHERE kind = 'event' AND ${mine}`, [person.userId]);
    const actions = told.map(({ subject }) => String(subject).split('.').at(-1));
    expect(actions).toEqual(['created', 'deleted']);
  });

  it.each(losses)('edited, %s: it is refused, and the link is gone', async (_what, loss, refusal) => {
    const { link } = await holders.mailed(owner, {}, person);
    Object.assign(tokens.people.meanwhile, loss());
    const edit = { accountId: owner.accountId, accessLinkId: link.id, maxUses: 2 };
    expect(await tokens.attempt(updateAccessLink, edit, supporter)).toBe(refusal);
    expect(await links()).toEqual([]);
    expect((await tokens.told(`access-link:${link.id}`)).at(-1)).toBe('deleted');
  });
});

it('A link made with an idempotency key is taken back no less', async () => {
  const asked = holders.links.asked(supporter, person);
  tokens.people.meanwhile.tenancy = become(person.userId, 'owner');
  const idempotency = { key: 'taken back', bodyDigest: 'same' };
  expect(await tokens.attempt(createAccessLink, asked, supporter, { idempotency })).toBe('forbidden');
  expect(await links()).toEqual([]);
});

it('An edit that names nothing leaves what another has waived', async () => {
  const { link } = await holders.mailed(owner, { waiveTwoFactor: true }, person);
  const kept = await holders.links.edit(supporter, link, {});
  expect(kept).toMatchObject({ waiveTwoFactor: true });
});
