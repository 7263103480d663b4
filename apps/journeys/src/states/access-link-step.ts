import fc from 'fast-check';
import type { Answer } from '../client.ts';
import type { AccessLinkModel, LinkOnPaper } from './access-link-model.ts';
import { expectLinks, expectSettled } from './access-link-views.ts';
import type { AccessLinkWorld } from './access-link-world.ts';
import { Step } from './step.ts';

export type Does = (model: AccessLinkModel, world: AccessLinkWorld) => Promise<void>;
export type DoesToLink = (link: LinkOnPaper, model: AccessLinkModel, world: AccessLinkWorld) => Promise<void>;

/** Which of the links something is done to. */
export const which = fc.nat({ max: 3 });

/**
 * Whatever is done, the list of links says afterwards what the paper says. What ends by itself is waited for before
 * anything else is done, so that a service may restart meanwhile.
 */
export function step(name: string, does: Does, check?: (model: Readonly<AccessLinkModel>) => boolean) {
  const run: Does = async (model, world) => {
    await expectSettled(model, world);
    await does(model, world);
    if (model.ending.length === 0) await expectLinks(model, world);
  };
  return new Step<AccessLinkModel, AccessLinkWorld>(name, run, check);
}

/** Is done to one of the links that fulfil a condition. */
export function linkStep(
  name: string,
  place: number,
  does: DoesToLink,
  fits: (link: LinkOnPaper) => boolean = () => true,
) {
  const among = ({ links }: Pick<AccessLinkModel, 'links'>) => links.filter(fits);
  const run: Does = async (model, world) => {
    const links = among(model);
    const link = links[place % links.length];
    if (link) await does(link, model, world);
  };
  return step(`${name} (link ${place})`, run, (model) => among(model).length > 0);
}

/** What an answer says, in a word. */
export function outcome({ code, status }: Answer): string | number {
  return code ?? status;
}
