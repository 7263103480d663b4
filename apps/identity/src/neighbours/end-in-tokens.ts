import { type AskOf, type Contract, Failure, type ProblemCode } from '@valetkey/contracts';
import { type Bus, EarlyAnswer, type HandlerContext } from '@valetkey/messaging';
import type { z } from 'zod';
import { askTouching } from './ask-touching.ts';

/**
 * Has tokens end something before the cause is answered; what was ordered with the cause happens for sure.
 *
 * @throws EarlyAnswer with `revocation_pending` when tokens is away: the change stands, the order will follow it.
 */
export async function endInTokens<I extends z.ZodType, O extends z.ZodType, E extends ProblemCode>(
  bus: Bus,
  contract: Contract<I, O, E>,
  input: AskOf<Contract<I, O, E>>,
  context: HandlerContext,
): Promise<void> {
  const answer = await askTouching(bus, contract, input, context);
  if (answer instanceof Failure) throw new EarlyAnswer(new Failure('revocation_pending', { retryAfter: 1 }));
}
