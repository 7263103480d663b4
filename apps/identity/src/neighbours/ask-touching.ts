import type { AskOf, Contract, Failure, OutputOf, ProblemCode } from '@valetkey/contracts';
import { type Bus, type HandlerContext, Replayed } from '@valetkey/messaging';
import type { z } from 'zod';

/** As `Bus.ask`. What the neighbour touched, our own answer touches: whoever asked us drops what they keep of it. */
export async function askTouching<I extends z.ZodType, O extends z.ZodType, E extends ProblemCode>(
  bus: Bus,
  contract: Contract<I, O, E>,
  input: AskOf<Contract<I, O, E>>,
  context: HandlerContext,
): Promise<OutputOf<Contract<I, O, E>> | Failure> {
  const { answer, touched } = await bus.request(contract, input, context);
  if (answer instanceof Replayed) throw new Error(`${contract.subject} was replayed without an idempotency key`);
  context.reply.touched.push(...touched);
  return answer;
}
