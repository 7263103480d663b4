import { z } from 'zod';
import { operator } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id } from '../kernel/fields.ts';
import { User } from './own-user.ts';

const path = '/v1/operator/users/{userId}';

export const lockUser = defineCommand({
  subject: 'identity.v1.user.lock',
  summary: 'Keep a user from signing in, and end all their sessions; idempotent',
  input: z.strictObject({ userId: Id }),
  output: User,
  errors: ['not_found', 'own_role'],
  access: operator(),
  http: { method: 'POST', path: `${path}/lock`, success: 200 },
});

export const unlockUser = defineCommand({
  subject: 'identity.v1.user.unlock',
  summary: 'Let a locked user sign in again; idempotent',
  input: z.strictObject({ userId: Id }),
  output: User,
  errors: ['not_found'],
  access: operator(),
  http: { method: 'POST', path: `${path}/unlock`, success: 200 },
});
