import { acceptInvitation, fail, Failure, type InputOf, isFailure, joinByInvitation } from '@valetkey/contracts';
import { Bus, type HandlerContext, Handles, insist } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { askTouching } from '../neighbours/ask-touching.ts';
import { actingAs } from '../users/acting-as.ts';
import { Email } from '../users/email.entity.ts';
import { userIdOf } from '../users/user-id-of.ts';
import { type FoundInvitation, Invitations } from './invitations.ts';
import { InvitedUsers } from './invited-users.ts';

type Input = InputOf<typeof joinByInvitation>;

@Injectable()
export class JoinByInvitationHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly bus: Bus,
    private readonly invitations: Invitations,
    private readonly invited: InvitedUsers,
  ) {}

  /** The user is made before tenancy makes them a member: whoever comes again in between goes on from there. */
  @Handles(joinByInvitation)
  async join(input: Input, context: HandlerContext) {
    const invitation = await this.invitations.find(input.token, context);
    if (invitation instanceof Failure) return invitation;
    const userId = await this.userOf(invitation, input, context);
    return userId instanceof Failure ? userId : this.accept(invitation, userId, context);
  }

  /** A caller who is signed in is that user, whatever else is given. */
  private async userOf(invitation: FoundInvitation, { name, password, locale }: Input, context: HandlerContext) {
    if (context.caller) return this.holder(invitation, userIdOf(context));
    if (name === undefined || password === undefined) return fail(joinByInvitation, 'unauthenticated');
    return this.invited.make(invitation, { name, password, locale }, context);
  }

  private async holder({ email: address }: FoundInvitation, user: string) {
    const held = await this.em.fork().count(Email, { user, address, verifiedAt: { $ne: null } });
    return held > 0 ? user : fail(joinByInvitation, 'invitation_for_another');
  }

  private async accept({ secretHash }: FoundInvitation, userId: string, context: HandlerContext) {
    const primary = { user: userId, isPrimary: true };
    const { address: primaryEmail, user } = await this.em.fork().findOneOrFail(Email, primary, { populate: ['user'] });
    const { name, version } = user;
    const asked = { secretHash, user: { userId, name, primaryEmail, version } };
    const answer = await askTouching(this.bus, acceptInvitation, asked, actingAs(userId, context));
    return refusalOf(answer) ?? insist(acceptInvitation, answer);
  }
}

/** What whoever asked is told of tenancy’s refusal, if it is one of theirs to hear. */
function refusalOf(answer: unknown) {
  if (!isFailure(answer)) return undefined;
  const { code, extras } = answer;
  if (code === 'not_found') return fail(joinByInvitation, 'invalid_token');
  if (code === 'own_role' || code === 'already_member') return fail(joinByInvitation, code, extras);
  return undefined;
}
