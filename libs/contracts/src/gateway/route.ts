import type { z } from 'zod';
import type { AccessRule } from '../kernel/access.ts';
import type { HttpBinding } from '../kernel/contract.ts';
import type { ProblemCode } from '../kernel/problems.ts';

/** Who may ask the gateway: as of a service, or a registered resource server by its Basic credentials (RFC 6749 §2.3.1). */
export type RouteAccess = AccessRule | { kind: 'resource-server' };

/** How a route that the gateway answers by itself looks over HTTP. */
export interface RouteBinding extends Pick<HttpBinding, 'method' | 'path' | 'success'> {
  /** Media type of the body; JSON unless it says otherwise. */
  accepts?: 'application/x-www-form-urlencoded';
  /** Media type of the answer; JSON unless it says otherwise. In NDJSON each line is one answer. */
  answers?: 'application/x-ndjson' | 'text/html';
  /** Takes a forwarded session too. */
  forwarded?: true;
  /** Calls no query malformed: it ignores what it does not know, and grants nothing for what makes no sense. */
  anyQuery?: true;
  /** Headers that every success carries, and what stands in them. */
  headers?: Readonly<Record<string, string>>;
  /** Refuses as RFC 6749 §5.2 has it instead of with a problem. */
  oauth?: true;
  /** What 503 answers instead of a problem. */
  away?: z.ZodType;
}

interface RouteShape<I extends z.ZodType, A extends z.ZodType, E extends ProblemCode> {
  /** `<entity>.<verb>`, as the end of a contract's subject. */
  name: `${string}.${string}`;
  summary: string;
  input: I;
  /** Absent where a success has no body. */
  answer?: A;
  errors: readonly E[];
  access: RouteAccess;
  http: RouteBinding;
}

/** What the gateway answers without handing a contract on: a contract for HTTP alone. */
export interface GatewayRoute<
  I extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
  E extends ProblemCode = ProblemCode,
> extends RouteShape<I, A, E> {
  kind: 'route';
}

export function defineRoute<I extends z.ZodType, A extends z.ZodType, const E extends ProblemCode>(
  shape: RouteShape<I, A, E>,
): GatewayRoute<I, A, E> {
  return { kind: 'route', ...shape };
}
