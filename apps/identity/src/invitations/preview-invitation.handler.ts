import { Failure, type InputOf, previewInvitation } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { findOwner } from '../users/find-owner.ts';
import { Invitations } from './invitations.ts';

@Injectable()
export class PreviewInvitationHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly invitations: Invitations,
  ) {}

  @Handles(previewInvitation)
  async preview({ token }: InputOf<typeof previewInvitation>, context: HandlerContext) {
    const found = await this.invitations.find(token, context);
    if (found instanceof Failure) return found;
    const { accountId: id, accountName: name, inviterName, role, scope, email, expiresAt } = found;
    const registered = Boolean(await findOwner(this.em.fork(), email));
    return { account: { id, name }, by: { name: inviterName }, role, scope, email, expiresAt, registered };
  }
}
