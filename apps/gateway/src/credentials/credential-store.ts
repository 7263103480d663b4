import {
  type AccessDecision,
  type CredentialState,
  Failure,
  resolveAccess,
  type Standing,
  verifyCredentials,
} from '@valetkey/contracts';
import { checkSecret, hashSecret } from '@valetkey/credentials';
import { Clock } from '@valetkey/observability';
import { Bus, EarlyAnswer } from '@valetkey/messaging';
import { Injectable } from '@nestjs/common';
import { isAddressAllowed } from '@valetkey/access-guard';
import { Batcher } from './batcher.ts';
import { LiveTrust } from './live-trust.ts';
import { ownContext } from './own-context.ts';
import { keyOf, standingOf } from './standing-of.ts';
import { orFailure } from './or-failure.ts';
import { isUsable, type Verified } from './verified.ts';

const ASK_AGAIN_MS = 60_000;

/**
 * What the gateway knows of credentials: tokens says which live, tenancy what they may do where they stand. Both are
 * kept until an event touches them, and asked for in batches.
 */
@Injectable()
export class CredentialStore {
  private readonly states;
  private readonly decisions;
  private readonly stateBatches = new Batcher<string, CredentialState | null>((hashes) => this.askStates(hashes));
  private readonly decisionBatches = new Batcher<Standing, AccessDecision | null>((all) => this.askDecisions(all));
  /** One pair per state and decision, so that what follows from both can be kept with it. */
  private readonly pairs = new WeakMap<CredentialState, Verified>();

  constructor(
    private readonly bus: Bus,
    private readonly trust: LiveTrust,
    private readonly clock: Clock,
  ) {
    this.states = trust.cache<CredentialState | null>('credentials');
    this.decisions = trust.cache<AccessDecision | null>('access');
  }

  /** A live session or access key by its secret; nothing for all else. A failure means that nobody can say. */
  async verify(secret: string, address: string | undefined): Promise<Verified | Failure | undefined> {
    if (!checkSecret(secret, 'vks', 'vkk')) return undefined;
    const state = await orFailure(this.stateOf(hashSecret(secret)));
    if (state instanceof Failure) return state;
    if (!state || !isAllowedFrom(state, address)) return undefined;
    const verified = await this.join(state);
    return verified instanceof Failure || isUsable(verified) ? verified : undefined;
  }

  /** A state with the access where it stands. */
  join(state: CredentialState): Promise<Verified | Failure> {
    return orFailure(this.pair(state));
  }

  /** Forgets what these tags touch. */
  drop(tags: readonly string[]): void {
    this.trust.drop(tags);
  }

  private stateOf(hash: string): Promise<CredentialState | null> {
    return this.states.get(hash, async () => {
      const answer = await this.stateBatches.ask(hash);
      return { answer, tags: answer ? tagsOfState(answer) : [], ...(answer && { endsAt: this.askAgainAt(answer) }) };
    });
  }

  /** With each minute of use, and once the idle end has passed: asking counts as use. */
  private askAgainAt({ idleExpiresAt, expiresAt }: CredentialState): Date {
    const inAMinute = this.clock.now().getTime() + ASK_AGAIN_MS;
    return new Date(Math.min(Date.parse(idleExpiresAt), Date.parse(expiresAt), inAMinute));
  }

  private async pair(state: CredentialState): Promise<Verified> {
    const standing = standingOf(state);
    const decision = standing && (await this.decisionOf(standing));
    const known = this.pairs.get(state);
    if (known && known.decision === (decision ?? undefined)) return known;
    const verified = { state, ...(decision && { decision }) };
    this.pairs.set(state, verified);
    return verified;
  }

  private decisionOf(standing: Standing): Promise<AccessDecision | null> {
    return this.decisions.get(keyOf(standing), async () => {
      const answer = await this.decisionBatches.ask(standing);
      return { answer, tags: tagsOfDecision(standing) };
    });
  }

  private async askStates(hashes: string[]): Promise<(CredentialState | null)[]> {
    const answer = await this.bus.ask(verifyCredentials, { hashes }, ownContext());
    if (answer instanceof Failure) throw new EarlyAnswer(answer);
    return answer.credentials;
  }

  private async askDecisions(standings: Standing[]): Promise<(AccessDecision | null)[]> {
    const answer = await this.bus.ask(resolveAccess, { standings }, ownContext());
    if (answer instanceof Failure) throw new EarlyAnswer(answer);
    return answer.decisions;
  }
}

/** A list of allowed addresses without an address to check refuses: as good as unknown. */
function isAllowedFrom({ allowedCidrs }: CredentialState, address: string | undefined): boolean {
  return allowedCidrs.length === 0 || (address !== undefined && isAddressAllowed(allowedCidrs, address));
}

function tagsOfState({ id, subject, actor }: CredentialState): string[] {
  const parties = [subject, actor, actor?.actor].flatMap((party) => (party ? [`${party.type}:${party.id}`] : []));
  return [`session:${id}`, ...parties];
}

function tagsOfDecision({ accountId, holder }: Standing): string[] {
  return [`account:${accountId}`, 'permission-catalogue', ...('userId' in holder ? [`user:${holder.userId}`] : [])];
}
