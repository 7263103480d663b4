import { Membership, pageOf, Partner, PartnerToken } from '@valetkey/contracts';
import { z } from 'zod';
import type { Client, Owner } from './client.ts';

const Shown = z.object({ partnerToken: PartnerToken, secret: z.string() });

/** A partnership as both of its companies reach it. */
export interface Partnership {
  id: string;
  /** `/v1/accounts/<provider>/partner-tokens/<id>` */
  providerPath: string;
  /** `/v1/accounts/<client>/partners/<id>` */
  clientPath: string;
}

export type GivenPartnerToken = PartnerToken & { path: string; secret: string };

/** Makes a partner token. */
export async function partnerTokenOf(
  provider: Owner,
  fields: Record<string, unknown> = {},
): Promise<GivenPartnerToken> {
  const tokens = `${provider.path}/partner-tokens`;
  const { partnerToken, secret } = Shown.parse(await made(provider, tokens, fields));
  return { ...partnerToken, path: `${tokens}/${partnerToken.id}`, secret };
}

/** A client company takes up a token of the provider's under this ceiling. */
export async function partnershipOf(
  provider: Owner,
  client: Owner,
  permissions: readonly string[],
): Promise<Partnership> {
  const token = await partnerTokenOf(provider);
  const partners = `${client.path}/partners`;
  const { id } = Partner.parse(await made(client, partners, { token: token.secret, permissions }));
  return { id, providerPath: token.path, clientPath: `${partners}/${id}` };
}

/** The provider lets members of its own into the client's account. */
export async function authorize(
  provider: Owner,
  { providerPath }: Partnership,
  userIds: readonly string[],
  permissions: readonly string[],
): Promise<void> {
  await made(provider, `${providerPath}/users`, { userIds, permissions });
}

/** A member's id, as an owner finds it. */
export async function userIdOf(owner: Owner, email: string): Promise<string> {
  const { body } = await owner.call('GET', `${owner.path}/members?query=${encodeURIComponent(email)}`);
  const id = pageOf(Membership).parse(body).items[0]?.user.id;
  if (!id) throw new Error(`There is no member with the address ${email}`);
  return id;
}

/** Moves a user's session into the client's account. */
export async function enter(user: Client, client: Pick<Owner, 'accountId'>): Promise<void> {
  const { status, body } = await user.call('PATCH', '/v1/session', { body: { accountId: client.accountId } });
  if (status !== 200) throw new Error(`Entering an account answered ${status}: ${JSON.stringify(body)}`);
}

/** Turns modules of an account on or off, as platform staff do. */
export async function setModules(operator: Client, { accountId }: Pick<Owner, 'accountId'>, modules: object) {
  const { status } = await operator.call('PATCH', `/v1/operator/accounts/${accountId}`, { body: { modules } });
  if (status !== 200) throw new Error(`Setting modules answered ${status}`);
}

/** The catalogue that the example service enforces, with further permissions that no role includes. */
export async function catalogueDevices(operator: Client, further: readonly string[] = []): Promise<void> {
  const permissions = [
    ...further.map((name) => ({ name, description: 'Of partners alone', roles: [] })),
    { name: 'devices.view', description: 'See devices', roles: ['owner', 'manager', 'viewer'] },
    { name: 'devices.manage', description: 'Control devices', roles: ['owner', 'manager'] },
  ];
  const { status } = await operator.call('PUT', '/v1/operator/permissions', { body: permissions });
  if (status !== 200) throw new Error(`Setting the catalogue answered ${status}`);
}

async function made(by: Client, path: string, body: object): Promise<unknown> {
  const answer = await by.call('POST', path, { body });
  if (answer.status !== 201) throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}
