import { z } from 'zod';
import { PrincipalKind, Role, ScopeType } from '../kernel/caller.ts';
import { Id } from '../kernel/fields.ts';
import { defineRoute } from './route.ts';

interface IntrospectionActor {
  sub: string;
  act?: IntrospectionActor;
}
/** Who really acts, nested (RFC 8693 §4.1). */
const IntrospectionActor: z.ZodType<IntrospectionActor> = z
  .object({
    sub: z.string(),
    get act() {
      return IntrospectionActor.optional();
    },
  })
  .meta({ id: 'IntrospectionActor' });

const seconds = z.number().int().meta({ description: 'Seconds since 1970-01-01T00:00:00Z' });

export const ActiveToken = z
  .object({
    active: z.literal(true),
    token_type: z.enum(['session', 'access_key']),
    kind: PrincipalKind,
    sub: z.string().meta({ description: 'user:, login-token: or access-key: with the id' }),
    sid: Id.optional().meta({ description: 'The session; an access key has none' }),
    act: IntrospectionActor.optional(),
    account_id: Id.optional(),
    organization_id: Id.optional(),
    scope_type: ScopeType.optional(),
    scope_id: Id.optional(),
    role: Role.optional(),
    partnership_id: Id.optional().meta({ description: 'Stands in another company’s account by this partnership' }),
    provider_account_id: Id.optional().meta({ description: 'The partner company that authorized the user' }),
    scope: z.string().meta({ description: 'Resource permissions, separated by spaces' }),
    allowed_cidrs: z
      .array(z.string())
      .optional()
      .meta({ description: 'Whoever keeps this answer checks the address of each request against them' }),
    iat: seconds,
    exp: seconds.optional(),
  })
  .meta({ id: 'ActiveToken' });
export type ActiveToken = z.infer<typeof ActiveToken>;

/** RFC 7662 §2.2. An inactive, unknown or unusable token says so and nothing else. */
export const Introspection = z
  .discriminatedUnion('active', [ActiveToken, z.object({ active: z.literal(false) })])
  .meta({ id: 'Introspection' });
export type Introspection = z.infer<typeof Introspection>;

/** Unknown parameters are ignored (RFC 6749 §3.2), `token_type_hint` among them. */
export const introspect = defineRoute({
  name: 'oauth.introspect',
  summary: 'What a session or an access key may do here and now (RFC 7662)',
  input: z.object({
    token: z.string().min(1).meta({ description: 'A session, forwarded or not, or an access key' }),
    client_address: z
      .union([z.ipv4(), z.ipv6()])
      .optional()
      .meta({ description: 'Of the client that showed the token; without it a token bound to networks is inactive' }),
  }),
  answer: Introspection,
  errors: [],
  access: { kind: 'resource-server' },
  http: {
    method: 'POST',
    path: '/oauth/introspect',
    success: 200,
    accepts: 'application/x-www-form-urlencoded',
    oauth: true,
  },
});
