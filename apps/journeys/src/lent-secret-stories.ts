import { enterByLink, mailedLink, recipientOf, redeemLink, sendLink } from './access-links.ts';
import { ownerOf, type Owner, person, type Person, signedIn } from './client.ts';
import {
  authorize,
  catalogueDevices,
  enter,
  partnershipOf,
  partnerTokenOf,
  setModules,
  userIdOf,
} from './partnerships.ts';
import type { Secrets } from './secret-stories.ts';
import { OPERATOR_EMAIL, type Platform } from './start-platform.ts';

/** A member is let in by link, with a password that is told on the telephone; the link is edited, used, and deleted. */
export async function useLinks(platform: Platform, owner: Owner, member: Person, secrets: Secrets): Promise<void> {
  await setModules(await signedIn(platform, person(OPERATOR_EMAIL)), owner, { access_links: true });
  const [first, second] = ['the heron on the telephone', 'the other heron on the telephone'];
  const wrong = 'a guess at the heron on the telephone';
  const to = await recipientOf(owner, member);
  const link = await sendLink(platform, owner, to, { password: first });
  await redeemLink(owner.baseUrl, link.secret, { password: wrong });
  const early = await enterByLink(owner.baseUrl, link.secret, { password: first });
  const edit = () => owner.call('PATCH', link.path, { body: { password: second } });
  const { secret } = await mailedLink(platform, member.email, edit);
  await redeemLink(owner.baseUrl, secret);
  const late = await enterByLink(owner.baseUrl, secret, { password: second });
  await owner.call('DELETE', link.path);
  secrets.set('the password of a link', first).set('its other password', second).set('a wrong one', wrong);
  secrets.set('an access link', link.secret).set('an edited access link', secret);
  secrets.set('a session of a link', early.secret ?? '').set('another session of it', late.secret ?? '');
}

/** A partner company is let in, and one of its tokens is never taken up. */
export async function usePartnerTokens(platform: Platform, client: Owner, secrets: Secrets): Promise<void> {
  const operator = await signedIn(platform, person(OPERATOR_EMAIL));
  const rita = person('rita@riggers.example');
  const provider = await ownerOf(platform, 'Riggers', rita);
  await setModules(operator, provider, { partner: true });
  await setModules(operator, client, { client: true });
  await catalogueDevices(operator);
  const partnership = await partnershipOf(provider, client, ['devices.view']);
  await authorize(provider, partnership, [await userIdOf(provider, rita.email)], ['devices.view']);
  const spare = await partnerTokenOf(provider, { clientName: 'Nobody yet' });
  await enter(provider, client);
  secrets.set('a partner token', spare.secret).set('a session of a partner', provider.secret ?? '');
}
