import fc from 'fast-check';
import { go, going, lookAtUsers, passing, removing, turning } from './partnership-circumstances.steps.ts';
import { revoking, setCeiling, takeUp, taking } from './partnership-client.steps.ts';
import { authorizeUsers, authorizing, changingGrant, revokingUser } from './partnership-grants.steps.ts';
import { type PartnershipModel, permissions } from './partnership-model.ts';
import { deleting, makeToken, switching } from './partnership-provider.steps.ts';
import { step, stepOfOne } from './partnership-step.ts';
import type { PartnershipWorld } from './partnership-world.ts';
import { restarts, type Step } from './step.ts';

/** Two companies work together, and one of the partner’s users does so. */
export const beginning = [
  step('make a token', makeToken),
  stepOfOne('the client takes it up', 0, takeUp('client', permissions)),
  stepOfOne('authorize Nils', 0, authorizeUsers(['Nils'], { wanted: ['devices.reset', 'devices.view'], within: true })),
  go('Nils', 'client'),
];

/** Everything that may happen to partnerships, the ordinary oftener. */
export const partnershipSteps: fc.Arbitrary<Step<PartnershipModel, PartnershipWorld>> = fc.oneof(
  { weight: 6, arbitrary: going },
  { weight: 4, arbitrary: restarts<PartnershipModel, PartnershipWorld>() },
  { weight: 4, arbitrary: fc.oneof(authorizing, changingGrant) },
  { weight: 4, arbitrary: taking },
  { weight: 3, arbitrary: fc.constant(step('look at the users', lookAtUsers)) },
  { weight: 3, arbitrary: setCeiling },
  { weight: 3, arbitrary: switching },
  { weight: 3, arbitrary: fc.constant(step('make a token', makeToken)) },
  { weight: 2, arbitrary: fc.oneof(revokingUser, revoking, deleting) },
  { weight: 2, arbitrary: turning },
  { weight: 2, arbitrary: fc.oneof(passing, passing, removing) },
);
