import { makeEmailPrimary, removeEmail, resendEmailVerification } from '@valetkey/contracts';
import { Finds, type HandlerContext } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Email } from '../users/email.entity.ts';
import { userIdOf } from '../users/user-id-of.ts';

const Path = removeEmail.input.pick({ emailId: true });

/** Whether the address that a path names is one of the caller's. */
@Injectable()
export class OwnEmailExists {
  constructor(private readonly em: EntityManager) {}

  @Finds(removeEmail, makeEmailPrimary, resendEmailVerification)
  async exists(input: Record<string, unknown>, context: HandlerContext): Promise<boolean> {
    const { emailId: id } = Path.parse(input);
    return (await this.em.fork().count(Email, { id, user: userIdOf(context) })) > 0;
  }
}
