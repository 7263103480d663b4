import { type AskOf, MailContent, type sendMail } from '@valetkey/contracts';
import { unseal } from '@valetkey/credentials';
import { waitUntil } from '@valetkey/testing/stack';
import type { JWK } from 'jose';

type LinkMail = Extract<MailContent, { template: 'access-link' }> & { mailId: string };

/** Stands in for notifications: opens the orders and keeps them. */
export class LinkMails {
  readonly all: LinkMail[] = [];

  constructor(private readonly privateJwk: JWK) {}

  async take({ mailId, sealed }: AskOf<typeof sendMail>): Promise<object> {
    const content = MailContent.parse(await unseal(this.privateJwk, sealed));
    if (content.template !== 'access-link') throw new Error(`Tokens does not mail ${content.template}`);
    this.all.push({ ...content, mailId });
    return {};
  }

  /** The mail of a link with one of its secrets, the first unless another is named. */
  async of({ id }: { id: string }, secretNumber = 1): Promise<LinkMail> {
    const isMeant = (mail: LinkMail) => mail.accessLinkId === id && mail.secretNumber === secretNumber;
    const mail = await waitUntil(async () => this.all.find(isMeant), { timeoutMs: 5_000 });
    if (!mail) throw new Error(`A mail with secret ${secretNumber} of the link was expected`);
    return mail;
  }
}
