import { z } from 'zod';
import { anyone } from '../kernel/access.ts';
import { defineRoute } from './route.ts';

/** Consumes nothing: the secret stands in the URL's fragment, and the page's button posts it. */
export const openPage = defineRoute({
  name: 'page.open',
  summary: 'The page that a mail links to',
  input: z.object({
    page: z
      .enum(['verification', 'reset', 'invitation', 'access-link'])
      .meta({ description: 'What the mail was about' }),
  }),
  answer: z.string(),
  errors: [],
  access: anyone(),
  http: { method: 'GET', path: '/open/{page}', success: 200, answers: 'text/html' },
});
