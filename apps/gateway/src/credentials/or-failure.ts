import { Failure } from '@valetkey/contracts';
import { EarlyAnswer } from '@valetkey/messaging';

/** What was asked through a cache, or the failure with which the asking ended. */
export async function orFailure<Answer>(asked: Promise<Answer>): Promise<Answer | Failure> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof EarlyAnswer && error.answer instanceof Failure) return error.answer;
    throw error;
  }
}
