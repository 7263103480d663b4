import { type MailContent, sendMail } from '@valetkey/contracts';
import { sealFor } from '@valetkey/credentials';
import type { Transaction } from './transaction.ts';

export interface MailOrder {
  mailId: string;
  content: MailContent;
  expiresAt: Date;
}

/** Orders mails of notifications, their content sealed so that no queue on the way holds it in clear. */
export class MailOrders {
  /** @param publicKey notifications' own, `MAIL_PUBLIC_KEY`. */
  constructor(private readonly publicKey: Parameters<typeof sealFor>[0]) {}

  async place(tx: Transaction, { mailId, content, expiresAt }: MailOrder): Promise<void> {
    const sealed = await sealFor(this.publicKey, content);
    const { template } = content;
    tx.order(sendMail, `mail:${mailId}`, { mailId, template, sealed, expiresAt: expiresAt.toISOString() });
  }
}
