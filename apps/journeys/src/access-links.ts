import { AccessLink, Membership, pageOf } from '@valetkey/contracts';
import { z } from 'zod';
import { type Answer, Client, opened, type Owner, type Person } from './client.ts';
import type { Platform } from './start-platform.ts';

const SECRET = /vka_[0-9A-Za-z]{49}/;
const Emails = z.array(z.object({ id: z.string(), email: z.string() }));
const IN_A_WEEK_MS = 7 * 24 * 3600 * 1000;

/** Whom support may let in: a member of the account, and one of their verified addresses. */
export interface Recipient {
  userId: string;
  emailId: string;
  email: string;
}

/** Finds a member by their address, as support staff do. */
export async function recipientOf(staff: Owner, { email }: Pick<Person, 'email'>): Promise<Recipient> {
  const found = (await staff.call('GET', `${staff.path}/members?query=${encodeURIComponent(email)}`)).body;
  const [member] = pageOf(Membership).parse(found).items;
  if (!member) throw new Error(`There is no member with the address ${email}`);
  const userId = member.user.id;
  const emails = Emails.parse((await staff.call('GET', `${staff.path}/members/${userId}/emails`)).body);
  const address = emails.find((one) => one.email === email);
  if (!address) throw new Error(`${email} is not verified`);
  return { userId, emailId: address.id, email };
}

/** A link with the secret that its mail brought. */
export type MailedLink = AccessLink & { path: string; secret: string };

/** Sends a member a link, good for a week unless the fields say otherwise. */
export async function sendLink(
  platform: Pick<Platform, 'mailbox'> & { clock: { now(): Date } },
  staff: Owner,
  to: Recipient,
  fields: Record<string, unknown> = {},
): Promise<MailedLink> {
  const { userId, emailId, email } = to;
  const expiresAt = new Date(platform.clock.now().getTime() + IN_A_WEEK_MS).toISOString();
  const links = `${staff.path}/access-links`;
  const send = () => staff.call('POST', links, { body: { userId, emailId, expiresAt, ...fields } });
  const { answer, secret } = await mailedLink(platform, email, send);
  if (answer.status !== 201)
    throw new Error(`Sending a link answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  const link = AccessLink.parse(answer.body);
  return { ...link, path: `${links}/${link.id}`, secret };
}

/** Does what has a link mailed, and answers with the secret in that mail; none for what was refused. */
export async function mailedLink(
  { mailbox }: Pick<Platform, 'mailbox'>,
  email: string,
  ask: () => Promise<Answer>,
): Promise<{ answer: Answer; secret: string }> {
  const before = new Set(mailbox.messages());
  const answer = await ask();
  if (answer.status >= 400) return { answer, secret: '' };
  const mail = await mailbox.waitFor(
    (one) => !before.has(one) && one.envelope.to.includes(email) && SECRET.test(one.text ?? ''),
    { timeoutMs: 10_000 },
  );
  return { answer, secret: SECRET.exec(mail.text ?? '')?.[0] ?? '' };
}

/** What redeeming a link answers to whoever shows it; from which address, a trusted proxy says. */
export function redeemLink(
  baseUrl: string,
  token: string,
  proofs: Record<string, unknown> = {},
  address?: string,
): Promise<Answer> {
  const headers: Record<string, string> = address === undefined ? {} : { 'x-forwarded-for': address };
  return new Client(baseUrl).call('POST', '/v1/sessions/access-link', { body: { token, ...proofs }, headers });
}

/** A caller with the session that a link opens. */
export async function enterByLink(
  baseUrl: string,
  token: string,
  proofs: Record<string, unknown> = {},
): Promise<Client> {
  return new Client(baseUrl, opened(await redeemLink(baseUrl, token, proofs)).secret);
}
