import { expect } from '@jest/globals';
import fc from 'fast-check';
import { Client, opened } from '../client.ts';
import type { LinkOnPaper } from './access-link-model.ts';
import { type DoesToLink, linkStep, outcome, step, which } from './access-link-step.ts';
import { lookAtSessions } from './access-link-views.ts';

export const redeemRight: DoesToLink = async (link, model, world) => {
  const expected = model.redeem(link, link.password ?? undefined);
  const answer = await world.redeem(link.secret, link.password ?? undefined);
  expect(outcome(answer)).toBe(expected ?? 201);
  if (!expected) model.noteSession(link, new Client(world.url, opened(answer).secret));
};

const hasPassword = ({ password }: LinkOnPaper) => password !== null;

const redeemBare: DoesToLink = async (link, model, world) => {
  const expected = model.redeem(link);
  expect(outcome(await world.redeem(link.secret))).toBe(expected);
};

/** From addresses that each try less often than they may. */
const redeemWrong = (times: number): DoesToLink => {
  return async (link, model, world) => {
    for (let time = 0; time < times; time += 1) {
      const expected = model.redeem(link, 'no gate');
      expect(outcome(await world.redeem(link.secret, 'no gate'))).toBe(expected);
    }
  };
};

/** Whom five wrong tries have kept out may not come in with the right one either. */
const redeemTooOften: DoesToLink = async (link, model, world) => {
  const address = world.newAddress();
  for (let time = 0; time < 5; time += 1) {
    const expected = model.redeem(link, 'no gate');
    expect(outcome(await world.redeem(link.secret, 'no gate', address))).toBe(expected);
  }
  const expected = model.statusOf(link) === 'live' ? 'too_many_requests' : 'invalid_link';
  expect(outcome(await world.redeem(link.secret, link.password ?? '', address))).toBe(expected);
};

export const redeem = which.chain((place) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(linkStep('redeem', place, redeemRight)) },
    { weight: 1, arbitrary: fc.constant(linkStep('redeem without password', place, redeemBare, hasPassword)) },
    { weight: 1, arbitrary: fc.constant(linkStep('redeem wrongly', place, redeemWrong(1), hasPassword)) },
    { weight: 1, arbitrary: fc.constant(linkStep('redeem wrongly 20 times', place, redeemWrong(20), hasPassword)) },
    { weight: 1, arbitrary: fc.constant(linkStep('redeem too often', place, redeemTooOften, hasPassword)) },
  ),
);

export const redeemDead = fc.constant(
  step(
    'redeem the secrets that were',
    async (model, world) => {
      for (const secret of model.deadSecrets) expect(outcome(await world.redeem(secret))).toBe('invalid_link');
    },
    ({ deadSecrets }) => deadSecrets.length > 0,
  ),
);

export const look = fc.constant(step('look at the sessions', lookAtSessions, ({ sessions }) => sessions.length > 0));
