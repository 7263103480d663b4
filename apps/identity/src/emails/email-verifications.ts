import type { Locale, MailContent } from '@valetkey/contracts';
import { MailOrders, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { newVerification } from '../sign-up/new-verification.ts';
import type { Email } from '../users/email.entity.ts';
import { findOwner } from '../users/find-owner.ts';

/** Of added addresses. */
@Injectable()
export class EmailVerifications {
  constructor(private readonly mails: MailOrders) {}

  /**
   * Makes a new secret and mails it; the one mailed before is void. For an address that is somebody else's all is done
   * alike, a row that nobody can use included: its holder is told instead, and only the mail differs.
   */
  async begin(tx: Transaction, { id: emailId, address: to }: Email, locale: Locale): Promise<void> {
    await tx.em.flush();
    const verificationId = uuidv7({ msecs: tx.now.getTime() });
    const { secret, secretHash, expiresAt } = newVerification(tx.now);
    await sql(
      tx.em,
      `INSERT INTO email_verifications (email_id, verification_id, secret_hash, expires_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (email_id) DO UPDATE SET verification_id = excluded.verification_id,
         secret_hash = excluded.secret_hash, expires_at = excluded.expires_at`,
      [emailId, verificationId, secretHash, expiresAt],
    );
    const holder = await findOwner(tx.em, to);
    const content: MailContent = holder
      ? { template: 'already-registered', to, name: holder.name, locale: holder.locale }
      : { template: 'address-verification', to, locale, secret, verificationId };
    await this.mails.place(tx, { mailId: verificationId, content, expiresAt });
  }
}
