import { fail, Failure, type InputOf, makeEmailPrimary } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CurrentPassword } from '../passwords/current-password.ts';
import { Email } from '../users/email.entity.ts';
import { lockUser } from '../users/lock-user.ts';
import { tellProfile } from '../users/tell-profile.ts';
import { userIdOf } from '../users/user-id-of.ts';
import { emailView } from './email-view.ts';

@Injectable()
export class MakeEmailPrimaryHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly currentPassword: CurrentPassword,
  ) {}

  @Handles(makeEmailPrimary)
  async make({ emailId: id, currentPassword }: InputOf<typeof makeEmailPrimary>, context: HandlerContext) {
    const user = userIdOf(context);
    if ((await this.em.fork().count(Email, { id, user })) === 0) return fail(makeEmailPrimary, 'not_found');
    const checked = await this.currentPassword.check(user, currentPassword);
    if (checked instanceof Failure) return checked;
    return this.outbox.transactional(context, async (tx) => makePrimary(tx, user, id));
  }
}

async function makePrimary(tx: Transaction, userId: string, id: string) {
  const user = await lockUser(tx.em, userId);
  const email = await tx.em.findOne(Email, { id, user: userId });
  if (!email) return fail(makeEmailPrimary, 'not_found');
  if (!email.verifiedAt) return fail(makeEmailPrimary, 'email_not_verified');
  if (email.isPrimary) return emailView(email);
  // Before the other is, for there is one at each moment at most.
  await tx.em.nativeUpdate(Email, { user: userId, isPrimary: true }, { isPrimary: false });
  email.isPrimary = true;
  user.version += 1;
  await tellProfile(tx, user);
  return emailView(email);
}
