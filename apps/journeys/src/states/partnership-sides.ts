import { expect } from '@jest/globals';
import { pageOf, Partner, PartnerToken, PartnerUser } from '@valetkey/contracts';
import { type ClientName, clientNames, type PartnershipModel, type PartnershipOnPaper } from './partnership-model.ts';
import type { PartnershipWorld } from './partnership-world.ts';

const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id);
const shownOf = ({ id, status, permissions, users }: Pick<PartnerToken, 'id' | 'status' | 'permissions' | 'users'>) => {
  return { id, status, permissions, users };
};

/** Both sides see the partnerships that are on paper, and who may come in by them. */
export async function expectBothSides(model: PartnershipModel, world: PartnershipWorld): Promise<void> {
  await expectProviderSide(model, world);
  for (const client of clientNames) await expectClientSide(client, model, world);
}

async function expectProviderSide(model: PartnershipModel, world: PartnershipWorld): Promise<void> {
  const { body, code } = await world.provider('GET', '?limit=100');
  if (!model.isOn.provider) {
    expect(code).toBe('module_disabled');
    return;
  }
  const inSight = model.partnerships.filter(({ isDeleted }) => !isDeleted);
  const shown = pageOf(PartnerToken).parse(body).items.map(shownOf);
  expect(shown.toSorted(byId)).toEqual(onPaper(model, inSight));
}

async function expectClientSide(client: ClientName, model: PartnershipModel, world: PartnershipWorld): Promise<void> {
  const { body, code } = await world.company(client, 'GET', '/partners?limit=100');
  if (!model.isOn[client]) {
    expect(code).toBe('module_disabled');
    return;
  }
  const taken = model.partnerships.filter((one) => one.client === client);
  const shown = pageOf(Partner).parse(body).items.map(shownOf);
  expect(shown.toSorted(byId)).toEqual(onPaper(model, taken));
  for (const { id, grants } of model.standing(client)) {
    const listed = await world.company(client, 'GET', `/partners/${id}/users`);
    const users = pageOf(PartnerUser).parse(listed.body).items;
    const granted = users.map(({ user, permissions }) => [user.name, permissions] as const);
    expect(new Map<string, readonly string[]>(granted)).toEqual(grants);
  }
}

function onPaper(model: PartnershipModel, partnerships: readonly PartnershipOnPaper[]) {
  return partnerships
    .map((one) => ({ id: one.id, status: model.statusOf(one), permissions: one.ceiling, users: one.grants.size }))
    .toSorted(byId);
}
