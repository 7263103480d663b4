import fc from 'fast-check';
import { z } from 'zod';
import { ofProvider, ofSwitching } from './partnership-refusals.ts';
import { type Does, expectOutcome, stepOfOne, which } from './partnership-step.ts';

const Given = z.object({ partnerToken: z.object({ id: z.string() }), secret: z.string() });

export const makeToken: Does = async (model, world) => {
  const answer = await world.provider('POST', '', {});
  if (!expectOutcome(answer, model.isOn.provider ? [] : ['module_disabled'], 201)) return;
  const { partnerToken, secret } = Given.parse(answer.body);
  model.make({ id: partnerToken.id, secret });
};

export const switching = fc.tuple(which, fc.boolean()).map(([place, on]) =>
  stepOfOne(on ? 'activate' : 'disable', place, async (one, model, world) => {
    const answer = await world.provider('POST', `/${one.id}/${on ? 'activate' : 'disable'}`);
    if (expectOutcome(answer, ofSwitching(model, one), 200)) one.status = on ? 'active' : 'disabled';
  }),
);

export const deleting = which.map((place) =>
  stepOfOne('the provider deletes it', place, async (one, model, world) => {
    if (expectOutcome(await world.provider('DELETE', `/${one.id}`), ofProvider(model, one), 204)) model.delete(one);
  }),
);
