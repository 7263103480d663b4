import { type MailContent, sendMail } from '@valetkey/contracts';
import { sealFor } from '@valetkey/credentials';
import type { Transaction } from '@valetkey/outbox';
import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY_CONFIG, type IdentityConfig } from '../identity.config.ts';

export interface MailOrder {
  mailId: string;
  content: MailContent;
  expiresAt: Date;
}

/** Orders mails of notifications, their content sealed so that no queue on the way holds it in clear. */
@Injectable()
export class MailOrders {
  constructor(@Inject(IDENTITY_CONFIG) private readonly config: IdentityConfig) {}

  async place(tx: Transaction, { mailId, content, expiresAt }: MailOrder): Promise<void> {
    const sealed = await sealFor(this.config.MAIL_PUBLIC_KEY, content);
    const { template } = content;
    tx.order(sendMail, `mail:${mailId}`, { mailId, template, sealed, expiresAt: expiresAt.toISOString() });
  }
}
