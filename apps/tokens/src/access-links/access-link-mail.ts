import { MailOrders, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import type { AccessLink } from './access-link.entity.ts';
import type { Lending } from './judge-lending.ts';

type Mailed = Pick<
  AccessLink,
  'id' | 'email' | 'expiresAt' | 'passwordHash' | 'waiveTwoFactor' | 'mailId' | 'secretNumber' | 'editedByName'
>;

/** Orders the mail that carries a link's secret, to the address picked for it. */
@Injectable()
export class AccessLinkMail {
  constructor(private readonly mails: MailOrders) {}

  async order(
    tx: Transaction,
    { id: accessLinkId, expiresAt, mailId, secretNumber, ...link }: Mailed,
    { secret, accountName, locale, twoFactor }: { secret: string } & Lending,
  ): Promise<void> {
    const content = {
      template: 'access-link',
      to: link.email,
      locale,
      secret,
      accountName,
      byName: link.editedByName,
      expiresAt: expiresAt.toISOString(),
      hasPassword: typeof link.passwordHash === 'string',
      needsCode: twoFactor && !link.waiveTwoFactor,
      accessLinkId,
      secretNumber,
    } as const;
    await this.mails.place(tx, { mailId, content, expiresAt });
  }
}
