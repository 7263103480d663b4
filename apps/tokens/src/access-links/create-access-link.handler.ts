import { accessLinkCreated, createAccessLink, fail, Failure, type InputOf } from '@valetkey/contracts';
import { hashPassword } from '@valetkey/credentials/passwords';
import { Bus, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { isUniqueViolation } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { AccessLinkMail } from './access-link-mail.ts';
import { showAccessLink } from './access-link-view.ts';
import { AccessLink } from './access-link.entity.ts';
import { refuseExpiry } from './access-link.rules.ts';
import { expireAccessLinks } from './expire-access-links.ts';
import { judgeLending, type Lending } from './judge-lending.ts';
import { keepIfLent } from './keep-if-lent.ts';
import { newAccessLink } from './new-access-link.ts';
import { newLinkSecret } from './new-link-secret.ts';

type Input = InputOf<typeof createAccessLink>;
type Making = Input & { lending: Lending; passwordHash: string | null };

@Injectable()
export class CreateAccessLinkHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
    private readonly mail: AccessLinkMail,
  ) {}

  @Handles(createAccessLink)
  async create(input: Input, context: HandlerContext) {
    const lending = await judgeLending(this.bus, input, context);
    if (lending instanceof Failure) return lending;
    const passwordHash = input.password ? await hashPassword(input.password) : null;
    try {
      const making = { ...input, lending, passwordHash };
      const made = await this.outbox.transactional(context, (tx) => this.make(tx, making));
      return made instanceof Failure
        ? made
        : await keepIfLent(made, input, { bus: this.bus, outbox: this.outbox, context });
    } catch (error) {
      if (isUniqueViolation(error, 'access_links_one')) return fail(createAccessLink, 'access_link_exists');
      throw error;
    }
  }

  private async make(tx: Transaction, making: Making) {
    const { accountId, userId, lending } = making;
    const refused = refuseExpiry(making.expiresAt, tx.now);
    if (refused) return fail(createAccessLink, refused);
    await expireAccessLinks(tx, { where: 'account_id = $1 AND user_id = $2', values: [accountId, userId] });
    const { secret, ...kept } = newLinkSecret(tx.now);
    const row = newAccessLink(making, kept, tx.now);
    await tx.em.insert(AccessLink, row);
    tell(tx, row);
    await this.mail.order(tx, row, { ...lending, secret });
    return showAccessLink(tx, accountId, row.id);
  }
}

function tell(tx: Transaction, row: ReturnType<typeof newAccessLink>): void {
  const { id, accountId, version: sequence, userId, userName, maxUses, waiveTwoFactor, editedById: editorId } = row;
  const data = {
    user: { id: userId, name: userName },
    expiresAt: row.expiresAt.toISOString(),
    hasPassword: row.passwordHash !== null,
    ...(maxUses !== null && { maxUses }),
    waiveTwoFactor,
    editorId,
    changes: waiveTwoFactor ? [{ field: 'waiveTwoFactor', to: true }] : [],
  };
  tx.emit(accessLinkCreated, { id, accountId, sequence, data });
}
