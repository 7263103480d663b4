import fc from 'fast-check';
import { type PartnershipOnPaper, permissions, type UserName, userNames } from './partnership-model.ts';
import { ofAuthorizing, ofChangingGrant, ofGrant } from './partnership-refusals.ts';
import { type DoesToOne, expectOutcome, isTaken, stepOfOne, user, which } from './partnership-step.ts';

const some = fc.subarray(permissions, { minLength: 1 });
/** Mostly within the ceiling, whatever that is when it comes to it. */
const grant = fc.record({ wanted: some, within: fc.integer({ min: 0, max: 4 }).map((chance) => chance > 0) });

interface Grant {
  wanted: string[];
  within: boolean;
}

function grantedOf({ wanted, within }: Grant, { ceiling }: PartnershipOnPaper): string[] {
  const fitting = wanted.filter((name) => ceiling.includes(name));
  return within && fitting.length > 0 ? fitting : wanted;
}

export const authorizeUsers = (users: UserName[], asked: Grant): DoesToOne => {
  return async (one, model, world) => {
    const granted = grantedOf(asked, one);
    const userIds = users.map((name) => world.users[name].userId);
    const answer = await world.provider('POST', `/${one.id}/users`, { userIds, permissions: granted });
    if (!expectOutcome(answer, ofAuthorizing(model, one, { users, granted }), 201)) return;
    for (const name of users) one.grants.set(name, granted);
  };
};

export const authorizing = fc
  .tuple(which, fc.subarray([...userNames], { minLength: 1 }), grant)
  .map(([place, users, asked]) =>
    stepOfOne(`authorize ${users.join()} ${JSON.stringify(asked)}`, place, authorizeUsers(users, asked), isTaken),
  );

export const changingGrant = fc.tuple(which, user, grant).map(([place, name, asked]) =>
  stepOfOne(
    `grant ${name} ${JSON.stringify(asked)}`,
    place,
    async (one, model, world) => {
      const granted = grantedOf(asked, one);
      const path = `/${one.id}/users/${world.users[name].userId}`;
      const answer = await world.provider('PATCH', path, { permissions: granted });
      if (expectOutcome(answer, ofChangingGrant(model, one, { user: name, granted }), 200))
        one.grants.set(name, granted);
    },
    isTaken,
  ),
);

export const revokingUser = fc.tuple(which, user).map(([place, name]) =>
  stepOfOne(
    `revoke ${name}`,
    place,
    async (one, model, world) => {
      const answer = await world.provider('DELETE', `/${one.id}/users/${world.users[name].userId}`);
      if (expectOutcome(answer, ofGrant(model, one, name), 204)) one.grants.delete(name);
    },
    isTaken,
  ),
);
