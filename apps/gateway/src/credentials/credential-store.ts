import {
  type AccessDecision,
  type CredentialState,
  Failure,
  hasTwoFactor,
  resolveAccess,
  type Standing,
  verifyCredentials,
} from '@valetkey/contracts';
import { checkSecret, hashSecret } from '@valetkey/credentials';
import { Clock } from '@valetkey/observability';
import { Bus, insist } from '@valetkey/messaging';
import { Injectable } from '@nestjs/common';
import { isAddressAllowed, NO_ACCOUNT } from '@valetkey/access-guard';
import { Batcher } from './batcher.ts';
import { LiveTrust } from './live-trust.ts';
import { ownContext } from './own-context.ts';
import { KnownCredential } from './known-credential.ts';
import { orFailure } from './or-failure.ts';
import { endOf, isUsable, type Verified } from './verified.ts';

const ASK_AGAIN_MS = 60_000;

export interface AskedFor {
  /** Where the credential came from, for those that are good from some addresses only. */
  address?: string;
  /** Whether a forwarded session is good there too: it is for looking who somebody is, not for what they do. */
  forwarded?: boolean;
  /** Asked anew, whatever is kept: who keeps the answer may have heard of a change before we do. */
  anew?: boolean;
}

/**
 * What the gateway knows of credentials: tokens says which live, tenancy what they may do where they stand. Both are
 * kept until an event touches them, and asked for in batches.
 */
@Injectable()
export class CredentialStore {
  private readonly credentials;
  private readonly decisions;
  private readonly enrolments;
  private readonly stateBatches = new Batcher<string, CredentialState | null>((hashes) => this.askStates(hashes));
  private readonly decisionBatches = new Batcher<Standing, AccessDecision | null>((all) => this.askDecisions(all));

  private readonly enrolmentBatches = new Batcher<string, boolean>((userIds) => this.askEnrolments(userIds));

  constructor(
    private readonly bus: Bus,
    private readonly trust: LiveTrust,
    private readonly clock: Clock,
  ) {
    this.credentials = trust.cache<KnownCredential | null>('credentials');
    this.decisions = trust.cache<AccessDecision | null>('access');
    this.enrolments = trust.cache<boolean>('two-factor');
  }

  /** A live session or access key by its secret, if all that is to know of it is kept: at once, for the hot path. */
  kept(secret: string, { address, forwarded }: AskedFor): Verified | undefined {
    if (!isWellFormed(secret, forwarded)) return undefined;
    const known = this.credentials.kept(hashSecret(secret));
    if (!known || !isAllowedFrom(known.state, address)) return undefined;
    const decision = known.standingKey ? this.decisions.kept(known.standingKey) : undefined;
    if (known.standingKey && decision === undefined) return undefined;
    const bound = known.boundBy(decision);
    const enrolled = bound === undefined || this.enrolments.kept(bound);
    if (enrolled === undefined) return undefined;
    const verified = known.verifiedBy(decision ?? undefined, !enrolled);
    return isUsable(verified) ? verified : undefined;
  }

  /** A live session or access key by its secret; nothing for all else. A failure means that nobody can say. */
  async verify(
    secret: string,
    { address, forwarded, anew = false }: AskedFor,
  ): Promise<Verified | Failure | undefined> {
    if (!isWellFormed(secret, forwarded)) return undefined;
    const known = await orFailure(this.known(hashSecret(secret), anew));
    if (known instanceof Failure) return known;
    if (!known || !isAllowedFrom(known.state, address)) return undefined;
    const verified = await orFailure(this.decide(known, anew));
    return verified instanceof Failure || isUsable(verified) ? verified : undefined;
  }

  /** A state with the access where it stands. */
  join(state: CredentialState): Promise<Verified | Failure> {
    return orFailure(this.decide(new KnownCredential(state), false));
  }

  /** Forgets what these tags touch. */
  drop(tags: readonly string[]): void {
    this.trust.drop(tags);
  }

  private known(hash: string, anew: boolean): Promise<KnownCredential | null> {
    return this.credentials[anew ? 'renew' : 'get'](hash, async () => {
      const state = await this.stateBatches.ask(hash);
      if (!state) return { answer: null, tags: [] };
      return { answer: new KnownCredential(state), tags: tagsOfState(state), endsAt: this.askAgainAt(state) };
    });
  }

  /** With each minute of use, and once the idle end has passed: asking counts as use. */
  private askAgainAt(state: CredentialState): Date {
    return new Date(Math.min(endOf(state), this.inAMinute().getTime()));
  }

  /** Of a user's name no event tells: so that nobody is called by an old one for long. */
  private inAMinute(): Date {
    return new Date(this.clock.now().getTime() + ASK_AGAIN_MS);
  }

  private async decide(known: KnownCredential, anew: boolean): Promise<Verified> {
    const { standing, standingKey } = known;
    if (!standing) return known.verifiedBy(undefined);
    const decision = await this.decisions[anew ? 'renew' : 'get'](standingKey, async () => {
      const answer = await this.decisionBatches.ask(standing);
      return {
        answer,
        tags: tagsOfDecision(standing, answer),
        endsAt: 'userId' in standing.holder ? this.inAMinute() : undefined,
      };
    });
    const bound = known.boundBy(decision);
    return known.verifiedBy(decision ?? undefined, bound !== undefined && !(await this.isEnrolled(bound, anew)));
  }

  private isEnrolled(userId: string, anew: boolean): Promise<boolean> {
    return this.enrolments[anew ? 'renew' : 'get'](userId, async () => ({
      answer: await this.enrolmentBatches.ask(userId),
      tags: [`user:${userId}`],
    }));
  }

  private async askStates(hashes: string[]): Promise<(CredentialState | null)[]> {
    const answer = insist(verifyCredentials, await this.bus.ask(verifyCredentials, { hashes }, ownContext()));
    return answer.credentials;
  }

  private async askDecisions(standings: Standing[]): Promise<(AccessDecision | null)[]> {
    const answer = insist(resolveAccess, await this.bus.ask(resolveAccess, { standings }, ownContext()));
    return answer.decisions;
  }

  private async askEnrolments(userIds: string[]): Promise<boolean[]> {
    const answer = insist(hasTwoFactor, await this.bus.ask(hasTwoFactor, { userIds }, ownContext()));
    return answer.enrolled;
  }
}

/** Of a kind that is good where it is shown, and no typo. */
function isWellFormed(secret: string, forwarded = false): boolean {
  return checkSecret(secret, 'vks', 'vkk') || (forwarded && checkSecret(secret, 'vkf'));
}

/** A list of allowed addresses without an address to check refuses: as good as unknown. */
function isAllowedFrom({ allowedCidrs }: CredentialState, address: string | undefined): boolean {
  return allowedCidrs.length === 0 || (address !== undefined && isAddressAllowed(allowedCidrs, address));
}

function tagsOfState({ kind, id, subject, actor }: CredentialState): string[] {
  const parties = [subject, actor, actor?.actor].flatMap((party) => (party ? [`${party.type}:${party.id}`] : []));
  return kind === 'access_key' ? parties : [`session:${id}`, ...parties];
}

/**
 * A partner's user stands in one company's account by what another's says; who stands nowhere yet may be let in by either,
 * so whatever befalls any account is worth another look.
 */
function tagsOfDecision({ accountId, holder }: Standing, decision: AccessDecision | null): string[] {
  return [
    `account:${accountId}`,
    'permission-catalogue',
    ...('userId' in holder ? [`user:${holder.userId}`] : []),
    ...(decision ? [] : [NO_ACCOUNT]),
    ...(decision?.partnership ? [`account:${decision.partnership.providerAccountId}`] : []),
  ];
}
