import { z } from 'zod';

/** The members of a JSON Web Key (RFC 7517, RFC 8037) on an elliptic curve that encryption to it needs. */
const publicMembers = {
  kty: z.enum(['OKP', 'EC']),
  crv: z.string(),
  x: z.base64url(),
  y: z.base64url().optional(),
  kid: z.string().optional(),
  alg: z.string().optional(),
  use: z.literal('enc').optional(),
};

/** A public key: refused when it carries the private part. */
export const publicJwk = jsonOf(
  z.object({ ...publicMembers, d: z.undefined().optional() }),
  'must be a public JWK (kty OKP or EC, no private part) as JSON',
);

/** A private key. */
export const privateJwk = jsonOf(
  z.object({ ...publicMembers, d: z.base64url() }),
  'must be a private JWK (kty OKP or EC, with d) as JSON',
);

/** A symmetric key of 32 bytes, kept in base64url without padding (RFC 4648 §5). */
export const key32 = z
  .string('must be 32 bytes in base64url (43 characters)')
  .regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url (43 characters)');

/** JSON text of a schema. Whatever is wrong with it, the message is `expected` alone: a key is never echoed. */
function jsonOf<Schema extends z.ZodType>(schema: Schema, expected: string) {
  return z.string(expected).transform((text, context): z.output<Schema> => {
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    context.addIssue(expected);
    return z.NEVER;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
