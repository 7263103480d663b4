import { z } from 'zod';

export interface Actor {
  /** `<type>:<id>` */
  sub: string;
  act?: Actor;
}

/** Who really acts, and behind them who sent them (RFC 8693 §4.1). */
const Actor: z.ZodType<Actor> = z.object({
  sub: z.string(),
  get act() {
    return Actor.optional();
  },
});

/** A live credential: what it is, on whose behalf it acts, and what it may do. */
export const ActiveIntrospection = z.object({
  active: z.literal(true),
  token_type: z.enum(['session', 'access_key']),
  kind: z.enum(['portal', 'login_token', 'access_link', 'access_key']).optional(),
  /** `user:<id>`, `login-token:<id>` or `access-key:<id>`. */
  sub: z.string(),
  /** The session's id. */
  sid: z.string().optional(),
  act: Actor.optional(),
  account_id: z.string().optional(),
  organization_id: z.string().optional(),
  scope_type: z.enum(['account', 'group', 'organization']).optional(),
  scope_id: z.string().optional(),
  role: z.string().optional(),
  /** Set where a partner's user stands in another company's account: by what, and of which company they are. */
  partnership_id: z.string().optional(),
  provider_account_id: z.string().optional(),
  /** Resource permissions, space-delimited. */
  scope: z.string(),
  /** Seconds since the epoch: when it was made, and the sooner of its idle and its absolute end; a key may have none. */
  iat: z.number(),
  exp: z.number().optional(),
  /** Ranges outside which it is as good as unknown. */
  allowed_cidrs: z.array(z.string()).optional(),
});
export type ActiveIntrospection = z.infer<typeof ActiveIntrospection>;

/**
 * The answer of `POST /oauth/introspect`.
 *
 * @see RFC 7662 §2.2
 */
export const Introspection = z.discriminatedUnion('active', [
  ActiveIntrospection,
  z.object({ active: z.literal(false) }),
]);
export type Introspection = z.infer<typeof Introspection>;
