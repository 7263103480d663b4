import { expect } from '@jest/globals';
import { AccessLink } from '@valetkey/contracts';
import fc from 'fast-check';
import type { Choice, Sender } from './access-link-model.ts';
import { linkStep, outcome, step, which } from './access-link-step.ts';

const PASSWORD = 'third gate, left';
const sender = fc.constantFrom<Sender>('Olivia', 'Sue', 'Sue');

/** Made with a choice of everything. */
const made = fc.record({
  hours: fc.constantFrom(1, 24, 30 * 24),
  password: fc.constantFrom(null, PASSWORD),
  maxUses: fc.constantFrom(null, 1, 2),
});

/** Edits name one thing or two. */
const edits = fc.constantFrom<Choice>(
  { hours: 2 },
  { hours: 48 },
  { maxUses: 1 },
  { maxUses: null },
  { password: PASSWORD },
  { password: null },
  { password: 'fourth gate, right', maxUses: 3 },
);

export const creating = (by: Sender, choice: Choice) =>
  step(`${by} creates ${JSON.stringify(choice)}`, async (model, world) => {
    const refusal = model.refusalOfLiving(by);
    const { answer, secret } = await world.send(by, choice);
    expect(outcome(answer)).toBe(refusal ?? 201);
    if (refusal) return;
    const { id } = AccessLink.parse(answer.body);
    model.make(by, { id, path: answer.headers.get('location') ?? '', secret }, choice);
  });

export const create = fc.tuple(sender, made).map(([by, choice]) => creating(by, choice));

export const edit = fc.tuple(which, sender, edits).map(([place, by, named]) =>
  linkStep(`${by} edits ${JSON.stringify(named)}`, place, async (link, model, world) => {
    // An expiry that has passed must be named anew.
    const choice = link.expiresAt <= model.now ? { hours: 1, ...named } : named;
    const refusal = model.refusalOfLiving(by, link);
    const { answer, secret } = await world.send(by, choice, link.path);
    expect(outcome(answer)).toBe(refusal ?? 200);
    if (!refusal) model.edit(link, by, secret, choice);
  }),
);

export const remove = fc.tuple(which, sender).map(([place, by]) =>
  linkStep(`${by} deletes`, place, async (link, model, world) => {
    const refusal = model.refusalOfWriting(by);
    expect(outcome(await world.delete(by, link.path))).toBe(refusal ?? 204);
    if (!refusal) model.delete(link);
  }),
);
