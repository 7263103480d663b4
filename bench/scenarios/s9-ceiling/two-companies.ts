import { call } from '../../platform/call.ts';
import type { Login, Platform } from '../../platform/platform.ts';

export const ALL = ['devices.manage', 'devices.view'];

interface Opened {
  session: { subject: { id: string }; account: { id: string } };
  secret: string;
}

/** The demo's account as the client of the demo's partner company. */
export interface TwoCompanies {
  partnershipId: string;
  /** Sessions of a user of the partner's, standing in the client's account. */
  sessions: string[];
  setCeiling(permissions: readonly string[]): Promise<void>;
  /** The partner grants its user other permissions. */
  grant(permissions: readonly string[]): Promise<void>;
}

/** Makes them partners, and has a user of the partner's enter so many times. */
export async function openPartnership(platform: Platform, sessions: number): Promise<TwoCompanies> {
  const { gateways, owner, partner } = platform;
  const [gateway] = gateways;
  const signIn = (login: Login) => call<Opened>(gateway, 'POST', '/v1/sessions', login);
  const [client, provider] = [await signIn(owner), await signIn(partner)];
  const by = ({ secret }: Opened) => ({ Authorization: `Bearer ${secret}` });
  const tokens = `/v1/accounts/${provider.session.account.id}/partner-tokens`;
  const partners = `/v1/accounts/${client.session.account.id}/partners`;
  const token = await call<{ partnerToken: { id: string }; secret: string }>(gateway, 'POST', tokens, {}, by(provider));
  const accepted = { token: token.secret, permissions: ALL };
  const { id: partnershipId } = await call<{ id: string }>(gateway, 'POST', partners, accepted, by(client));
  const userId = provider.session.subject.id;
  const users = `${tokens}/${token.partnerToken.id}/users`;
  await call(gateway, 'POST', users, { userIds: [userId], permissions: ALL }, by(provider));
  const entered = await Promise.all(Array.from({ length: sessions }, () => signIn(partner)));
  const there = { accountId: client.session.account.id };
  for (const one of entered) await call(gateway, 'PATCH', '/v1/session', there, by(one));
  return {
    partnershipId,
    sessions: entered.map(({ secret }) => secret),
    setCeiling: (permissions) => call(gateway, 'PATCH', `${partners}/${partnershipId}`, { permissions }, by(client)),
    grant: (permissions) => call(gateway, 'PATCH', `${users}/${userId}`, { permissions }, by(provider)),
  };
}
