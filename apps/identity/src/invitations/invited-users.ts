import { fail, Failure, type InputOf, joinByInvitation } from '@valetkey/contracts';
import { isPassword } from '@valetkey/credentials/passwords';
import type { HandlerContext } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { Outbox } from '@valetkey/outbox';
import { isUniqueViolation, sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { NewPasswords } from '../passwords/new-passwords.ts';
import { PasswordTries } from '../throttles/password-tries.ts';
import { actingAs } from '../users/acting-as.ts';
import { addUser } from '../users/add-user.ts';
import type { FoundInvitation } from './invitations.ts';

export type Newcomer = Required<Pick<InputOf<typeof joinByInvitation>, 'name' | 'password' | 'locale'>>;

interface Invited {
  id: string;
  passwordHash: string;
  invitationId: string | null;
}

/** Users who came by an invitation: one each, whatever stopped them half-way and however often they come again. */
@Injectable()
export class InvitedUsers {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly newPasswords: NewPasswords,
    private readonly tries: PasswordTries,
  ) {}

  /** The user's id. Whoever made the user before, by the same invitation, shows the same password. */
  async make(invitation: FoundInvitation, newcomer: Newcomer, context: HandlerContext) {
    return (
      (await this.findAgain(invitation, newcomer)) ??
      (await this.add(invitation, newcomer, context)) ??
      // Somebody was faster.
      (await this.findAgain(invitation, newcomer)) ??
      fail(joinByInvitation, 'invalid_token')
    );
  }

  private async findAgain({ email, invitationId }: FoundInvitation, { password }: Newcomer) {
    const [owner] = await sql<Invited>(
      this.em.fork(),
      `SELECT u.id, u.password_hash AS "passwordHash", u.invitation_id AS "invitationId"
         FROM emails e JOIN users u ON u.id = e.user_id WHERE e.address = $1 AND e.verified_at IS NOT NULL`,
      [email],
    );
    if (!owner) return undefined;
    if (owner.invitationId !== invitationId) return forAnother();
    const right = await this.tries.attempt(['invitation', owner.id], async () =>
      (await isPassword(owner.passwordHash, password)) ? owner.id : undefined,
    );
    return right ?? fail(joinByInvitation, 'wrong_password');
  }

  private async add(invitation: FoundInvitation, { name, password, locale }: Newcomer, context: HandlerContext) {
    const { email, invitationId, accountName } = invitation;
    const passwordHash = await this.newPasswords.hash(password, [name, email, accountName]);
    if (passwordHash instanceof Failure) return passwordHash;
    const userId = uuidv7({ msecs: this.clock.now().getTime() });
    try {
      return await this.outbox.transactional(actingAs(userId, context), async (tx) => {
        addUser(tx, { userId, email, name, locale, passwordHash });
        await tx.em.flush();
        await sql(tx.em, 'UPDATE users SET invitation_id = $2 WHERE id = $1', [userId, invitationId]);
        return userId;
      });
    } catch (error) {
      if (['emails_verified_address', 'users_invitation'].some((name) => isUniqueViolation(error, name)))
        return undefined;
      throw error;
    }
  }
}

function forAnother() {
  const detail = 'The address is a user’s already: sign in as that user first.';
  return fail(joinByInvitation, 'invitation_for_another', { detail });
}
