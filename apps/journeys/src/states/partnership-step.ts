import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { Answer } from '../client.ts';
import { type PartnershipModel, type PartnershipOnPaper, userNames } from './partnership-model.ts';
import type { Refusals } from './partnership-refusals.ts';
import { expectBothSides } from './partnership-sides.ts';
import { expectLeaving, expectSettled } from './partnership-users.ts';
import type { PartnershipWorld } from './partnership-world.ts';
import { Step } from './step.ts';

export type Does = (model: PartnershipModel, world: PartnershipWorld) => Promise<void>;
export type DoesToOne = (one: PartnershipOnPaper, model: PartnershipModel, world: PartnershipWorld) => Promise<void>;

/**
 * Whatever is done, both sides see afterwards what the paper says, and nobody is anything where nothing lets them be. What
 * follows by itself is waited for before anything else is done, so that a service may restart meanwhile.
 */
export function step(name: string, does: Does, check?: (model: Readonly<PartnershipModel>) => boolean) {
  const run: Does = async (model, world) => {
    await expectSettled(model, world);
    await does(model, world);
    await expectLeaving(model, world);
    await expectBothSides(model, world);
  };
  return new Step<PartnershipModel, PartnershipWorld>(name, run, check);
}

/** Is done to one of the partnerships that fulfil a condition; `which` says to which of them, counted from the newest. */
export function stepOfOne(
  name: string,
  which: number,
  does: DoesToOne,
  fits: (one: PartnershipOnPaper) => boolean = () => true,
) {
  const among = ({ partnerships }: Pick<PartnershipModel, 'partnerships'>) => partnerships.filter(fits).reverse();
  const run: Does = async (model, world) => {
    const found = among(model);
    const one = found[which % found.length];
    if (one) await does(one, model, world);
  };
  return step(`${name} (partnership ${which})`, run, (model) => among(model).length > 0);
}

/** Refused for one of these reasons, or done. Answers whether it was done. */
export function expectOutcome({ code, status }: Answer, refusals: Refusals, done: number): boolean {
  if (refusals.length === 0) expect(code ?? status).toBe(done);
  else expect(refusals).toContain(code ?? status);
  return refusals.length === 0;
}

export const which = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 2 }) });
export const user = fc.constantFrom(...userNames);

/** Some client has. */
export function isTaken(one: PartnershipOnPaper): boolean {
  return one.client !== undefined;
}
