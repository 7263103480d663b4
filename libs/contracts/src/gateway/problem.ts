import { z } from 'zod';
import { type ProblemCode, problems } from '../kernel/problems.ts';

const codes = Object.keys(problems);

/** What every refusal looks like: RFC 9457, `application/problem+json`. Clients match on `code`. */
export const Problem = z
  .object({
    type: z.url().meta({ description: 'https://valetkey.dev/problems/<code>' }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().meta({ description: 'What to do about it' }),
    code: z
      .string()
      .refine((code): code is ProblemCode => codes.includes(code))
      .meta({ enum: codes }),
    requestId: z.string(),
    errors: z
      .array(z.object({ pointer: z.string().meta({ description: 'JSON pointer (RFC 6901)' }), detail: z.string() }))
      .optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
