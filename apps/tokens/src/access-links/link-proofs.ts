import { Failure, type SecondFactor, spendLinkFactor } from '@valetkey/contracts';
import { isPassword } from '@valetkey/credentials/passwords';
import { Bus, type HandlerContext, insist } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { networkOf } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { LinkTries } from '../throttles/link-tries.ts';
import { noteWrongTry } from './note-wrong-try.ts';
import type { ShownLink } from './shown-links.ts';

/** What whoever shows a link gives besides. */
export interface Given extends SecondFactor {
  password?: string;
}

type Wrong = 'wrong_password' | 'wrong_code';
type Refusal = Failure<Wrong | 'password_required' | 'code_required' | 'invalid_link' | 'too_many_requests'>;

/** Whether whoever shows a link has what it asks for besides: its password, a code of its user's two-factor. */
@Injectable()
export class LinkProofs {
  constructor(
    private readonly bus: Bus,
    private readonly outbox: Outbox,
    private readonly tries: LinkTries,
  ) {}

  /** Why it opens nothing yet, if it does not. Tries are those of one secret: an edited link has its own. */
  async refuse(link: ShownLink, given: Given, context: HandlerContext): Promise<Refusal | undefined> {
    if (!link.needs.password && !link.needs.code) return undefined;
    const on = ['access-link', link.secretHash, networkOf(context.address)];
    return this.tries.attempt(on, () => this.check(link, given, context), isWrong);
  }

  private async check(link: ShownLink, given: Given, context: HandlerContext): Promise<Refusal | undefined> {
    const refusal = (await refusePassword(link, given)) ?? (await this.refuseFactor(link, given, context));
    if (!isWrong(refusal)) return refusal;
    const lives = await this.outbox.transactional(context, (tx) => noteWrongTry(tx, link));
    return lives ? refusal : new Failure('invalid_link');
  }

  /** Asked for last, since a good one is spent. */
  private async refuseFactor(
    { needs, userId }: ShownLink,
    { code, recoveryCode }: Given,
    context: HandlerContext,
  ): Promise<Refusal | undefined> {
    if (!needs.code) return undefined;
    if (code === undefined && recoveryCode === undefined) return new Failure('code_required');
    const answer = await this.bus.ask(spendLinkFactor, { userId, code, recoveryCode }, context);
    if (answer instanceof Failure) {
      if (answer.code === 'wrong_code') return new Failure('wrong_code');
      if (answer.code === 'too_many_requests') return new Failure('too_many_requests', answer.extras);
      // Turned off a moment ago.
      if (answer.code === 'two_factor_off') return undefined;
    }
    insist(spendLinkFactor, answer);
    return undefined;
  }
}

async function refusePassword({ passwordHash }: ShownLink, { password }: Given): Promise<Refusal | undefined> {
  if (passwordHash === null) return undefined;
  if (password === undefined) return new Failure('password_required');
  return (await isPassword(passwordHash, password)) ? undefined : new Failure('wrong_password');
}

function isWrong(refusal: Failure | undefined): boolean {
  return refusal?.code === 'wrong_password' || refusal?.code === 'wrong_code';
}
