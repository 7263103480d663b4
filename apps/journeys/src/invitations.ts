import { Invitation, Membership, type Role, type Scope } from '@valetkey/contracts';
import { Client, type Owner, type Person, signedIn } from './client.ts';
import type { Platform } from './start-platform.ts';

const SECRET = /vki_[0-9A-Za-z]{49}/;

/** An invitation with the secret that its mail brought. */
export interface MailedInvitation extends Invitation {
  /** `/v1/accounts/<accountId>/invitations/<id>` */
  path: string;
  secret: string;
}

/** Invites an address to a role in a scope. */
export async function invite(
  platform: Platform,
  inviter: Owner,
  invited: { email: string; scope: Scope; role: Role },
): Promise<MailedInvitation> {
  const path = `${inviter.path}/invitations`;
  const ask = async () => {
    const { status, body } = await inviter.call('POST', path, { body: invited });
    if (status !== 201) throw new Error(`Inviting answered ${status}: ${JSON.stringify(body)}`);
    return Invitation.parse(body);
  };
  const { answer, secret } = await mailedBy(platform, invited.email, ask);
  return { ...answer, path: `${path}/${answer.id}`, secret };
}

/** Does what has an invitation mailed, and answers the secret in that mail. */
export async function mailedBy<Answer>(
  { mailbox }: Platform,
  email: string,
  ask: () => Promise<Answer>,
): Promise<{ answer: Answer; secret: string }> {
  const before = new Set(mailbox.messages());
  const answer = await ask();
  const mail = await mailbox.waitFor(
    (one) => !before.has(one) && one.envelope.to.includes(email) && SECRET.test(one.text ?? ''),
    { timeoutMs: 10_000 },
  );
  return { answer, secret: SECRET.exec(mail.text ?? '')?.[0] ?? '' };
}

/** A new user accepts with a name and a password, and signs in. */
export async function joinAsNew(platform: Platform, secret: string, who: Person): Promise<Owner> {
  const { name, password } = who;
  const anybody = new Client(platform.gatewayUrls[0] ?? '');
  const answer = await anybody.call('POST', '/v1/invitations/accept', { body: { token: secret, name, password } });
  if (answer.status !== 200) throw new Error(`Accepting answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  Membership.parse(answer.body);
  return signedIn(platform, who);
}
