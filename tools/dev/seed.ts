import { z } from 'zod';
import { apiAt, type Api, signIn } from './api.ts';
import { join } from './join.ts';
import { signUp } from './sign-up.ts';
import type { Seeded, Stack } from './stack.ts';

const catalogue = [
  { name: 'devices.view', description: 'See devices and their state', roles: ['owner', 'manager', 'viewer'] },
  { name: 'devices.manage', description: 'Control devices', roles: ['owner', 'manager'] },
];

const RESOURCE_SERVER = 'example-devices';

const ResourceServers = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });
const ResourceServerShown = z.object({ resourceServer: z.object({ id: z.string() }), secret: z.string() });

/** A seed that broke off begins again: what is there already is fine. */
async function unlessThere(answered: ReturnType<Api['try']>): Promise<void> {
  const { status, body } = await answered;
  if (status >= 400 && status !== 409) throw new Error(`Seeding was refused with ${status}: ${JSON.stringify(body)}`);
}

/**
 * The demo: account Acme with an owner, a manager, a viewer, a supporter and two organizations; Bolt Maintenance, a company
 * that may become its partner; an operator; a resource server.
 */
export async function seed(stack: Stack): Promise<Seeded> {
  const api = apiAt(stack.gatewayUrl);
  const owner = person('owner@acme.example', 'Olivia Owner');
  const operator = person(stack.operatorEmail, 'Oscar Operator');
  await signUp(api, stack.mailUrl, { ...owner, accountName: 'Acme' });
  await signUp(api, stack.mailUrl, { ...operator, accountName: 'Valetkey operations' });
  const { secret, accountId } = await signIn(api, owner);
  for (const name of ['Acme North', 'Acme South']) {
    await unlessThere(api.try('POST', `/v1/accounts/${accountId}/organizations`, { secret, body: { name } }));
  }
  const manager = person('manager@acme.example', 'Mona Manager');
  const viewer = person('viewer@acme.example', 'Victor Viewer');
  const supporter = person('supporter@acme.example', 'Sonia Supporter');
  const partner = person('owner@bolt.example', 'Boris Bolt');
  const acme = { secret, path: `/v1/accounts/${accountId}`, accountId };
  await Promise.all([
    join(api, stack.mailUrl, acme, { ...manager, role: 'manager' }),
    join(api, stack.mailUrl, acme, { ...viewer, role: 'viewer' }),
    join(api, stack.mailUrl, acme, { ...supporter, role: 'supporter' }),
  ]);
  await signUp(api, stack.mailUrl, { ...partner, accountName: 'Bolt Maintenance' });
  const { accountId: bolt } = await signIn(api, partner);
  const resourceServer = await setUpPlatform(api, operator, {
    [accountId]: { access_links: true, client: true },
    [bolt]: { partner: true },
  });
  return {
    users: {
      owner: login(owner),
      manager: login(manager),
      viewer: login(viewer),
      supporter: login(supporter),
      partner: login(partner),
      operator: login(operator),
    },
    resourceServer,
  };
}

interface Person {
  email: string;
  password: string;
  name: string;
}

function person(email: string, name: string): Person {
  // Of a development stack on this machine only, so that whoever tries it out can remember it.
  return { email, name, password: `${email.split('@')[0] ?? ''} lends a valet key` };
}

function login({ email, password }: Person) {
  return { email, password };
}

async function setUpPlatform(
  api: Api,
  operator: Person,
  modules: Record<string, Record<string, boolean>>,
): Promise<Seeded['resourceServer']> {
  const { secret } = await signIn(api, operator);
  await api.call('PUT', '/v1/operator/permissions', { secret, body: catalogue });
  for (const [accountId, on] of Object.entries(modules))
    await api.call('PATCH', `/v1/operator/accounts/${accountId}`, { secret, body: { modules: on } });
  const path = '/v1/operator/resource-servers';
  await unlessThere(api.try('POST', path, { secret, body: { name: RESOURCE_SERVER } }));
  const { items } = ResourceServers.parse(await api.call('GET', path, { secret }));
  const id = items.find(({ name }) => name === RESOURCE_SERVER)?.id ?? '';
  const shown = await api.call('POST', `${path}/${id}/rotate`, { secret });
  const { resourceServer, secret: clientSecret } = ResourceServerShown.parse(shown);
  return { clientId: resourceServer.id, clientSecret };
}
