import { findInvitation, Failure, type OutputOf } from '@valetkey/contracts';
import { checkSecret, hashSecret } from '@valetkey/credentials';
import { Bus, type HandlerContext, insist } from '@valetkey/messaging';
import { Injectable } from '@nestjs/common';
import { SecretGuesses } from '../throttles/secret-guesses.ts';

export type FoundInvitation = OutputOf<typeof findInvitation> & { secretHash: string };

/** Pending invitations by their secret; tenancy has them. */
@Injectable()
export class Invitations {
  constructor(
    private readonly bus: Bus,
    private readonly guesses: SecretGuesses,
  ) {}

  async find(
    token: string,
    context: HandlerContext,
  ): Promise<FoundInvitation | Failure<'invalid_token' | 'too_many_requests'>> {
    if (!checkSecret(token, 'vki')) return new Failure('invalid_token');
    const secretHash = hashSecret(token);
    return this.guesses.admit(context, async () => {
      const found = await this.bus.ask(findInvitation, { secretHash }, context);
      if (found instanceof Failure && found.code === 'not_found') return undefined;
      return { ...insist(findInvitation, found), secretHash };
    });
  }
}
