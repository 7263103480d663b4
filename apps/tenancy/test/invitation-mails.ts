import { type AskOf, MailContent, type sendMail } from '@valetkey/contracts';
import { unseal } from '@valetkey/credentials';
import { waitUntil } from '@valetkey/testing/stack';
import type { JWK } from 'jose';

export type InvitationMail = Extract<MailContent, { template: 'invitation' }> & { mailId: string };

/** Stands in for notifications: opens the orders and keeps them. */
export class InvitationMails {
  readonly all: InvitationMail[] = [];

  constructor(private readonly privateJwk: JWK) {}

  async take({ mailId, sealed }: AskOf<typeof sendMail>): Promise<object> {
    const content = MailContent.parse(await unseal(this.privateJwk, sealed));
    if (content.template !== 'invitation') throw new Error(`Tenancy does not mail ${content.template}`);
    this.all.push({ ...content, mailId });
    return {};
  }

  /** The newest mail to an address, once so many were ordered. */
  async to(address: string, count = 1): Promise<InvitationMail> {
    const sent = () => this.all.filter(({ to }) => to === address);
    await waitUntil(async () => sent().length >= count || undefined, { timeoutMs: 5_000 });
    const mail = sent().at(-1);
    if (!mail || sent().length !== count) throw new Error(`${count} mails to ${address} were expected`);
    return mail;
  }
}
