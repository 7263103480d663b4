import type { Email as EmailView } from '@valetkey/contracts';
import type { Email } from '../users/email.entity.ts';

export function emailView({ id, address, verifiedAt, isPrimary, createdAt }: Email): EmailView {
  return { id, email: address, verified: Boolean(verifiedAt), primary: isPrimary, createdAt: createdAt.toISOString() };
}
