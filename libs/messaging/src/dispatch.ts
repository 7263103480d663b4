import { type Contract, Failure, isFailure, pathParameters, pointerTo, type Violation } from '@valetkey/contracts';
import { z } from 'zod';
import { authorize } from './authorize.ts';
import { EarlyAnswer, Replayed } from './early-answer.ts';
import type { HandlerContext } from './handles.decorator.ts';

/** A handler's method bound to its instance, with its contract. */
export interface Handling {
  contract: Contract;
  handle: (input: unknown, context: HandlerContext) => Promise<unknown>;
  /** Reads the row that the path names, for the order of checks: row 404 before body 400. */
  find?: (input: Record<string, unknown>, context: HandlerContext) => Promise<boolean>;
}

/**
 * One request: access, input, handler, output. Answers the output, a failure, or the output of an earlier request
 * without its secret; throws on our own faults, and early answers that refuse.
 */
export async function dispatch(handling: Handling, raw: unknown, context: HandlerContext): Promise<unknown> {
  const { contract } = handling;
  const given = isRecord(raw) ? raw : {};
  const refusal = authorize(contract, context, given['accountId']);
  if (refusal) return refusal;
  const parsed = contract.input.safeParse(raw);
  if (!parsed.success) return refuseInput(handling, given, parsed.error, context);
  const answer = await orReplayed(handling.handle(parsed.data, context));
  if (answer instanceof Replayed) return new Replayed(withoutSecret(contract.output).parse(answer.value));
  if (!isFailure(answer)) return contract.output.parse(answer);
  if (!contract.errors.includes(answer.code)) throw new Error(`${contract.subject} does not declare ${answer.code}`);
  return answer;
}

async function orReplayed(handled: Promise<unknown>): Promise<unknown> {
  try {
    return await handled;
  } catch (error) {
    if (error instanceof EarlyAnswer && error.answer instanceof Replayed) return error.answer;
    throw error;
  }
}

function withoutSecret(output: z.ZodType): z.ZodType {
  return output instanceof z.ZodObject && 'secret' in output.shape ? output.omit({ secret: true }) : output;
}

async function refuseInput(
  handling: Handling,
  given: Record<string, unknown>,
  error: z.ZodError,
  context: HandlerContext,
): Promise<Failure> {
  const inPath = new Set(pathParameters(handling.contract.http?.path ?? ''));
  // A malformed id is the id of nothing.
  if (error.issues.some((issue) => inPath.has(String(issue.path[0])))) return new Failure('not_found');
  const byPath = Object.fromEntries(Object.entries(given).filter(([name]) => inPath.has(name)));
  if (!(await findsRow(handling, byPath, context))) return new Failure('not_found');
  return new Failure('malformed', { errors: violations(error) });
}

/** Whether there is what the path names. A query without a finder is its own: asked by the path alone, it changes nothing. */
async function findsRow(
  { contract, handle, find }: Handling,
  byPath: Record<string, unknown>,
  context: HandlerContext,
): Promise<boolean> {
  if (find) return find(byPath, context);
  if (contract.kind !== 'query' || !contract.errors.includes('not_found')) return true;
  const { success, data } = contract.input.safeParse(byPath);
  if (!success) return true;
  const answer = await handle(data, context);
  return !isFailure(answer) || answer.code !== 'not_found';
}

/** Zod's issues as JSON pointers (RFC 6901) into the body. */
export function violations(error: z.ZodError): Violation[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ pointer: pointerTo([...issue.path, key]), detail: 'is not a known field' }))
      : [{ pointer: pointerTo(issue.path), detail: issue.message }],
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
