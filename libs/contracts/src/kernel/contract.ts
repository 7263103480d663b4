import type { z } from 'zod';
import type { AccessRule } from './access.ts';
import type { Failure } from './failure.ts';
import type { ProblemCode } from './problems.ts';

export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** How the gateway shows a contract. Path parameters are keys of the input; the rest of the input is body or query. */
export interface HttpBinding {
  method: HttpMethod;
  /** OpenAPI style: `/v1/accounts/{accountId}/login-tokens`. */
  path: `/${string}`;
  success: 200 | 201 | 202 | 204;
  /** Input keys taken from the query string although the method has a body. */
  query?: readonly string[];
  /** A DELETE of which the input is a body all the same, but for `query`: what is secret or long stands in no URL. */
  body?: true;
  /** Makes a resource: takes `Idempotency-Key`, answers `Location` if there is a GET for it. Names the member that holds it, if not the body itself. */
  creates?: { member?: string };
  /** The body is not an object but this one member of the input. */
  wholeBody?: string;
  /** What the gateway answers where it joins more to the service's output. */
  answer?: z.ZodType;
  /** Another success, and when it is answered. */
  otherwise?: { success: 200 | 202; answer: z.ZodType; when: string };
}

export interface ContractShape<I extends z.ZodType, O extends z.ZodType, E extends ProblemCode> {
  /** `<service>.v1.<entity>.<verb>`; messaging puts `gw.` or `svc.<caller>.` before it. */
  subject: `${string}.v1.${string}.${string}`;
  summary: string;
  input: I;
  output: O;
  errors: readonly E[];
  access: AccessRule;
  http?: HttpBinding;
}

export interface Contract<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  E extends ProblemCode = ProblemCode,
> extends ContractShape<I, O, E> {
  kind: 'command' | 'query';
}

/** What a handler gets. */
export type InputOf<C extends Contract> = z.output<C['input']>;
/** What one who asks gives. */
export type AskOf<C extends Contract> = z.input<C['input']>;
export type OutputOf<C extends Contract> = z.output<C['output']>;
/** What a handler returns: its output, or a refusal that the contract declares. */
export type AnswerOf<C extends Contract> = OutputOf<C> | Failure<C['errors'][number]>;

/** Something that changes state. */
export function defineCommand<I extends z.ZodType, O extends z.ZodType, const E extends ProblemCode>(
  shape: ContractShape<I, O, E>,
): Contract<I, O, E> {
  return { kind: 'command', ...shape };
}

/** Something that only reads. */
export function defineQuery<I extends z.ZodType, O extends z.ZodType, const E extends ProblemCode>(
  shape: ContractShape<I, O, E>,
): Contract<I, O, E> {
  return { kind: 'query', ...shape };
}

/** The service that owns a contract: the first token of its subject. */
export function ownerOf(contract: Pick<Contract, 'subject'>): string {
  return contract.subject.slice(0, contract.subject.indexOf('.'));
}

/** The names in the path's braces. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}

/** Whether a part of an input that is not in the path stands in the query string, not in the body. */
export function isInQuery({ method, query, body }: HttpBinding, key: string): boolean {
  const hasBody = method !== 'GET' && (method !== 'DELETE' || body === true);
  return !hasBody || (query?.includes(key) ?? false);
}
