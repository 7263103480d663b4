import { type InputOf, isVerificationWanted } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { waitingVerification } from '../emails/waiting-verification.sql.ts';
import { waiting } from './waiting.sql.ts';

@Injectable()
export class IsVerificationWantedHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(isVerificationWanted)
  async isWanted({ verificationId }: InputOf<typeof isVerificationWanted>) {
    const rows = await sql(
      this.em.fork(),
      `SELECT 1 FROM sign_ups WHERE ${waiting} AND verification_id = $2
       UNION ALL
       SELECT 1 FROM email_verifications v JOIN emails e ON e.id = v.email_id
        WHERE ${waitingVerification} AND v.verification_id = $2`,
      [this.clock.now(), verificationId],
    );
    return { wanted: rows.length > 0 };
  }
}
