import { z } from 'zod';
import { signedIn } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';
import { Session, SessionState } from './session.ts';

export const switchSession = defineCommand({
  subject: 'tokens.v1.session.switch',
  summary: 'Stand in another account or organization; an account brings its first reachable organization',
  input: z
    .strictObject({ accountId: Id.optional(), organizationId: Id.nullable().optional() })
    .refine(
      (to) => to.accountId !== undefined || to.organizationId !== undefined,
      'names an account or an organization',
    ),
  output: SessionState,
  errors: ['not_found', 'sign_in_again'],
  access: signedIn('portal', 'login_token', 'access_link'),
  http: { method: 'PATCH', path: '/v1/session', success: 200, answer: Session },
});
