import { hash } from 'node:crypto';
import type { LiveFeed } from '@valetkey/access-events';
import { type Asked, EventDrivenCache, type EventDrivenCacheOptions } from '../cache/event-driven-cache.ts';
import { type GuardTime, systemTime } from '../guard-time.ts';
import type { ActiveIntrospection, Introspection } from '../introspection/introspection.ts';
import type { Introspector } from '../introspection/introspector.ts';
import { tagsOf } from '../introspection/tags-of.ts';
import { isAddressAllowed } from '../is-address-allowed.ts';
import type { LiveTrust } from '../trust/live-trust.ts';
import { type EndOfAccess, Watch } from './watch.ts';
import { Watches } from './watches.ts';

export interface AskedFrom {
  /** The address of the client that brings the credential, for those that are good from some addresses only. */
  clientAddress?: string;
}

export interface WatchedFrom extends AskedFrom {
  /** Whether what a good credential gives is still enough for the stream; without it a good one is. */
  admits?: (access: ActiveIntrospection) => boolean;
}

export interface AccessGuardParts extends Omit<EventDrivenCacheOptions, 'time'> {
  introspector: Introspector;
  feed: LiveFeed;
  time?: GuardTime;
}

interface Verdict extends AskedFrom {
  introspection: Introspection;
  endsAt: Date;
}

const INACTIVE: Introspection = { active: false };
/** Asking counts as use, so a credential in use is asked about again. */
const ASK_AGAIN_MS = 60_000;
/** While events may be missed an open stream is asked about as often as a silent cut may last. */
const ASK_AGAIN_CUT_OFF_MS = 2_000;
/** `exp` is in whole seconds (RFC 7662 §2.2), so the end comes within the second after it: four asks at most. */
const ASK_AGAIN_SOONEST_MS = 250;

/** Verifies credentials for a service, mostly from memory, and never from before what it has heard. */
export class AccessGuard {
  private readonly introspector: Introspector;
  private readonly feed: LiveFeed;
  private readonly trust: LiveTrust;
  private readonly time: GuardTime;
  private readonly verdicts: EventDrivenCache<Verdict>;
  private readonly watches = new Watches();

  constructor({ introspector, feed, time = systemTime, ...cache }: AccessGuardParts) {
    this.introspector = introspector;
    this.feed = feed;
    this.trust = cache.trust;
    this.time = time;
    this.verdicts = new EventDrivenCache({ ...cache, time });
    // Told once the touches are noted, so that a watch that asks again is not given what they ended.
    this.trust.join(this.watches);
  }

  /**
   * Whether a credential is good now, and for what.
   *
   * @throws IntrospectionFailedError when nobody can say: refuse, with 503.
   */
  async verify(token: string, { clientAddress }: AskedFrom = {}): Promise<Introspection> {
    const verdict = await this.verdicts.get(keyOf(token), () => this.ask(token, clientAddress));
    // Asked for another address by somebody who came at the same time, it may be good from this one.
    const elsewhere = !verdict.introspection.active && verdict.clientAddress !== clientAddress;
    const { answer } = elsewhere ? await this.ask(token, clientAddress) : { answer: verdict };
    return admit(answer.introspection, clientAddress);
  }

  /**
   * Looks after the credential of a stream for as long as it is open: calls back once, the moment it is good no more, no
   * longer admits to the stream, or nobody can say. Meanwhile it keeps the credential in use, asking each minute.
   *
   * @returns what to call when the stream closes.
   */
  watch(token: string, onEnd: (end: EndOfAccess) => void, from: WatchedFrom = {}): () => void {
    const watch: Watch = new Watch({
      ask: () => this.askForWatch(watch, token, from),
      onEnd: (end) => {
        this.watches.remove(watch);
        onEnd(end);
      },
      time: this.time,
    });
    this.watches.add(watch);
    watch.check();
    return () => {
      watch.stop();
      this.watches.remove(watch);
    };
  }

  /** Whether it may answer from memory at present. */
  get trusted(): boolean {
    return this.trust.holds();
  }

  /** Follows no more and keeps nothing. Streams still watched are not called back. */
  close(): void {
    this.watches.stopAll();
    this.feed.stop();
    this.trust.onLost();
  }

  private async askForWatch(
    watch: Watch,
    token: string,
    { clientAddress, admits = () => true }: WatchedFrom,
  ): Promise<number | EndOfAccess> {
    const trusted = this.trust.holds();
    const { introspection, endsAt } = await this.verdicts.renew(keyOf(token), async () => {
      const asked = await this.ask(token, clientAddress);
      // Before the cache looks whether an event came in between: from here on one reaches the watch.
      this.watches.tag(watch, asked.tags);
      return asked;
    });
    const access = admit(introspection, clientAddress);
    if (!access.active) return { reason: 'inactive' };
    if (!admits(access)) return { reason: 'refused', access };
    if (!trusted || !this.trust.holds()) return ASK_AGAIN_CUT_OFF_MS;
    return Math.max(endsAt.getTime() - this.time.wall(), ASK_AGAIN_SOONEST_MS);
  }

  private async ask(token: string, clientAddress?: string): Promise<Asked<Verdict>> {
    const now = this.time.wall();
    const introspection = await this.introspector.introspect(token, clientAddress);
    const ends = introspection.active ? (introspection.exp ?? Infinity) * 1_000 : now;
    const endsAt = new Date(Math.min(ends, now + ASK_AGAIN_MS));
    return {
      answer: { introspection, endsAt, clientAddress },
      tags: introspection.active ? tagsOf(introspection) : [],
      endsAt,
    };
  }
}

/** A credential for some addresses is as good as unknown from any other, and from none. */
function admit(introspection: Introspection, clientAddress: string | undefined): Introspection {
  const cidrs = introspection.active ? (introspection.allowed_cidrs ?? []) : [];
  if (cidrs.length === 0) return introspection;
  return clientAddress !== undefined && isAddressAllowed(cidrs, clientAddress) ? introspection : INACTIVE;
}

/** Secrets are not kept, not even in memory. */
function keyOf(token: string): string {
  return hash('sha256', token, 'base64url');
}
