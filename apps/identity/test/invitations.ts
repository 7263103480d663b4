import { randomUUID } from 'node:crypto';
import type { findInvitation, InputOf, Membership, OutputOf } from '@valetkey/contracts';
import { Failure } from '@valetkey/contracts';
import { hashSecret, makeSecret } from '@valetkey/credentials';
import { v7 as uuidv7 } from 'uuid';
import type { Neighbours } from './start-identity.ts';

type Invitation = OutputOf<typeof findInvitation>;
type Accepting = Parameters<Neighbours['acceptInvitation']>[0];

/** Stands in for tenancy: invitations that are pending until they are accepted, once each. */
export class PendingInvitations {
  /** Who accepted, in the order of their coming. */
  readonly accepted: Accepting['user'][] = [];
  private readonly pending = new Map<string, Invitation>();

  attach(neighbours: Neighbours): void {
    neighbours.findInvitation = ({ secretHash }: InputOf<typeof findInvitation>) => this.find(secretHash);
    neighbours.acceptInvitation = (input) => this.accept(input);
  }

  /** Invites an address; the secret. */
  invite(email: string): string {
    const secret = makeSecret('vki');
    const accountId = uuidv7();
    const scope = { type: 'account', id: accountId, name: 'Analytical Engines' } as const;
    const of = { accountId, accountName: scope.name, inviterName: 'Charles', role: 'viewer', scope } as const;
    const expiresAt = '2026-03-08T12:00:00.000Z';
    this.pending.set(hashSecret(secret), { invitationId: uuidv7(), email, expiresAt, ...of });
    return secret;
  }

  private find(secretHash: string): Invitation | Failure {
    return this.pending.get(secretHash) ?? new Failure('not_found');
  }

  /** As tenancy does, the same user may come again. */
  private accept({ secretHash, user }: Accepting): Membership | Failure {
    const invitation = this.pending.get(secretHash);
    if (!invitation) return new Failure('not_found');
    this.accepted.push(user);
    const { role, scope } = invitation;
    const member = { id: user.userId, name: user.name, email: user.primaryEmail };
    return { id: randomUUID(), user: member, scope, role, createdAt: '2026-03-01T12:00:00.000Z' };
  }
}
