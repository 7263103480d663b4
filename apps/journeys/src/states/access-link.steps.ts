import fc from 'fast-check';
import { changeSue, changeUser, pass, passExpiry, turnModule } from './access-link-circumstances.steps.ts';
import type { AccessLinkModel } from './access-link-model.ts';
import { look, redeem, redeemDead, redeemRight } from './access-link-redeeming.steps.ts';
import { create, creating, edit, remove } from './access-link-sending.steps.ts';
import { linkStep } from './access-link-step.ts';
import type { AccessLinkWorld } from './access-link-world.ts';
import { restarts, type Step } from './step.ts';

/** Each run begins with a link that Sue has sent, and that has been used. */
export const beginning = [
  creating('Sue', { hours: 24, password: 'third gate, left' }),
  linkStep('redeem', 0, redeemRight),
];

/** Everything that may happen to links, the ordinary oftener. */
export const accessLinkSteps: fc.Arbitrary<Step<AccessLinkModel, AccessLinkWorld>> = fc.oneof(
  { weight: 8, arbitrary: redeem },
  { weight: 4, arbitrary: create },
  { weight: 4, arbitrary: restarts<AccessLinkModel, AccessLinkWorld>() },
  { weight: 3, arbitrary: edit },
  { weight: 4, arbitrary: look },
  { weight: 3, arbitrary: fc.oneof(pass, pass, passExpiry) },
  { weight: 2, arbitrary: fc.oneof(changeSue, changeUser) },
  { weight: 2, arbitrary: turnModule },
  { weight: 2, arbitrary: fc.oneof(remove, redeemDead) },
);
