import { type AskOf, MailContent, type sendMail } from '@valetkey/contracts';
import { unseal } from '@valetkey/credentials';
import { waitUntil } from '@valetkey/testing/stack';
import type { JWK } from 'jose';

const PATIENCE = { timeoutMs: 5_000 };

/** Stands in for notifications: opens the orders and keeps them. */
export class MailOrdersReceived {
  readonly all: MailContent[] = [];
  private taken: Promise<void> = Promise.resolve();

  constructor(private readonly privateJwk: JWK) {}

  /** One after the other, in the order of their coming, however long each takes to open. */
  async take({ sealed }: AskOf<typeof sendMail>): Promise<object> {
    this.taken = this.taken.then(async () => {
      this.all.push(MailContent.parse(await unseal(this.privateJwk, sealed)));
    });
    await this.taken;
    return {};
  }

  to(address: string): MailContent[] {
    return this.all.filter(({ to }) => to === address);
  }

  /** The newest mail to an address, once so many were ordered. */
  async nth(address: string, count: number): Promise<MailContent> {
    const mail = await waitUntil(
      async () => (this.to(address).length >= count ? this.to(address).at(-1) : undefined),
      PATIENCE,
    );
    if (!mail) throw new Error(`${count} mails to ${address} were expected, there are ${this.to(address).length}`);
    return mail;
  }

  /** The secret in the newest mail to an address. */
  async secret(address: string, count = 1): Promise<string> {
    const mail = await this.nth(address, count);
    if (!('secret' in mail)) throw new Error(`${mail.template} carries no secret`);
    return mail.secret;
  }
}
