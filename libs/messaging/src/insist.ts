import { type Contract, Failure } from '@valetkey/contracts';
import { EarlyAnswer } from './early-answer.ts';

/**
 * What another service answered, where we have no refusal to expect.
 *
 * @throws EarlyAnswer when it is away, so that the caller tries again; Error when it refused, which is our own fault.
 */
export function insist<Output>(contract: Contract, answer: Output | Failure): Output {
  if (!(answer instanceof Failure)) return answer;
  if (answer.code === 'unavailable') throw new EarlyAnswer(answer);
  throw new Error(`${contract.subject} was refused with ${answer.code}`);
}
