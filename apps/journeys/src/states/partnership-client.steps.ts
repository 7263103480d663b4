import fc from 'fast-check';
import { type CompanyName, permissions } from './partnership-model.ts';
import { ofClient, ofTakingUp } from './partnership-refusals.ts';
import { type DoesToOne, expectOutcome, isTaken, stepOfOne, which } from './partnership-step.ts';

const some = fc.subarray(permissions, { minLength: 1 });

export const takeUp = (by: CompanyName, ceiling: readonly string[]): DoesToOne => {
  return async (one, model, world) => {
    const refusals = ofTakingUp(model, one, by);
    const answer = await world.company(by, 'POST', '/partners', { token: one.secret, permissions: ceiling });
    if (expectOutcome(answer, refusals, 201) && by !== 'provider') model.takeUp(one, by, ceiling);
  };
};

export const taking = fc
  .tuple(which, fc.constantFrom<CompanyName>('client', 'client', 'client', 'second', 'provider'), some)
  .map(([place, by, ceiling]) =>
    stepOfOne(`the ${by} takes it up under ${ceiling.join()}`, place, takeUp(by, ceiling)),
  );

export const setCeiling = fc.tuple(which, fc.subarray(permissions)).map(([place, ceiling]) =>
  stepOfOne(
    `set the ceiling to ${ceiling.join()}`,
    place,
    async (one, model, world) => {
      if (!one.client) return;
      const answer = await world.company(one.client, 'PATCH', `/partners/${one.id}`, { permissions: ceiling });
      if (expectOutcome(answer, ofClient(model, one.client, one), 200)) model.setCeiling(one, ceiling);
    },
    isTaken,
  ),
);

export const revoking = which.map((place) =>
  stepOfOne(
    'the client revokes it',
    place,
    async (one, model, world) => {
      if (!one.client) return;
      const answer = await world.company(one.client, 'DELETE', `/partners/${one.id}`);
      if (expectOutcome(answer, ofClient(model, one.client, one), 204)) model.revoke(one);
    },
    isTaken,
  ),
);
