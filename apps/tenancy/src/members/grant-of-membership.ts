import type { Grant } from '@valetkey/contracts';
import type { Membership } from './membership.entity.ts';

export function grantOfMembership({ scopeType: type, scopeId: id, role }: Membership): Grant {
  return { scope: { type, id }, role };
}
