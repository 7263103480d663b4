import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { UserRole } from './access-link-model.ts';
import { type Does, linkStep, outcome, step, which } from './access-link-step.ts';
import { lookAtSessions } from './access-link-views.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Oftener on, so that most happens while it is. */
export const turnModule = fc.constantFrom(true, true, false).map((on) =>
  step(
    `turn the module ${on ? 'on' : 'off'}`,
    async (model, world) => {
      await world.turnModule(on);
      model.turnModule(on);
    },
    ({ isModuleOn }) => isModuleOn !== on,
  ),
);

export const changeSue = fc.constantFrom(true, true, false).map((supporter) =>
  step(
    `make Sue a ${supporter ? 'supporter' : 'viewer'}`,
    async (model, world) => {
      await world.changeRole('Sue', supporter ? 'supporter' : 'viewer');
      model.isSueSupporter = supporter;
      await expectLostToEnd(model, world);
    },
    ({ isSueSupporter }) => isSueSupporter !== supporter,
  ),
);

export const changeUser = fc.constantFrom<UserRole>('viewer', 'viewer', 'manager', 'owner').map((role) =>
  step(
    `make the user ${role}`,
    async (model, world) => {
      await world.changeRole('Vera', role);
      model.userRole = role;
      await expectLostToEnd(model, world);
    },
    ({ userRole }) => userRole !== role,
  ),
);

/** From the change on they open nothing, and their sessions are over. */
const expectLostToEnd: Does = async (model, world) => {
  const lost = model.endLost();
  await lookAtSessions(model, world);
  for (const { secret, password } of lost)
    expect(outcome(await world.redeem(secret, password ?? undefined))).toBe('invalid_link');
  model.ending = lost.map(({ id }) => id);
};

export const pass = fc
  .constantFrom(10 * MINUTE_MS, 29 * MINUTE_MS, 31 * MINUTE_MS, 3 * HOUR_MS, 24 * HOUR_MS)
  .map((time) => step(`${time / MINUTE_MS} minutes pass`, (_model, world) => world.pass(time)));

export const passExpiry = which.map((place) =>
  linkStep('time passes until it expires', place, async (link, model, world) => {
    if (link.expiresAt > model.now) await world.pass(link.expiresAt - model.now);
  }),
);
