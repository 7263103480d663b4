import { z } from 'zod';
import { signedIn } from '../kernel/access.ts';
import { Session } from '../tokens/session.ts';
import { defineRoute } from './route.ts';

export const getSession = defineRoute({
  name: 'session.get',
  summary: 'The session that asks',
  input: z.strictObject({}),
  answer: Session,
  errors: [],
  access: signedIn('portal', 'login_token', 'access_link'),
  http: { method: 'GET', path: '/v1/session', success: 200 },
});
