import { hashSecret, makeSecret } from '@valetkey/credentials';
import { MailOrders, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { InvitationRow } from './invitation-rows.ts';

const LIFETIME_MS = 7 * 24 * 3_600_000;

/** What makes one mail of an invitation: its secret opens the invitation until the next mail's does. */
export interface InvitationSecret {
  /** For the mail alone. */
  secret: string;
  secretHash: string;
  mailId: string;
  expiresAt: Date;
}

export function newInvitationSecret(now: Date): InvitationSecret {
  const secret = makeSecret('vki');
  return {
    secret,
    secretHash: hashSecret(secret),
    mailId: uuidv7({ msecs: now.getTime() }),
    expiresAt: new Date(now.getTime() + LIFETIME_MS),
  };
}

/** Orders the mail that carries a secret to the invited address. Whoever has it need not be a user: it is in English. */
@Injectable()
export class InvitationMail {
  constructor(private readonly mails: MailOrders) {}

  async order(
    tx: Transaction,
    { id: invitationId, email: to, role, accountName, scopeType, scopeName }: InvitationRow,
    { secret, mailId, expiresAt, inviterName }: InvitationSecret & { inviterName: string },
  ): Promise<void> {
    const content = {
      template: 'invitation',
      to,
      locale: 'en',
      secret,
      accountName,
      inviterName,
      role,
      ...(scopeType !== 'account' && { scopeName }),
      expiresAt: expiresAt.toISOString(),
      invitationId,
    } as const;
    await this.mails.place(tx, { mailId, content, expiresAt });
  }
}
