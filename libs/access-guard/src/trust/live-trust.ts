import type { AccessEvent, LiveListener } from '@valetkey/access-events';
import { type GuardTime, systemTime } from '../guard-time.ts';
import { touchedTags } from './touched-tags.ts';
import { Touches } from './touches.ts';

/** A heartbeat vouches for so long that its service has told everything. */
const HEARTBEAT_LASTS_MS = 2_000;
const SERVICES = ['identity', 'tenancy', 'tokens'];

/** Who must be told: to let go of what these tags touch, or of everything. */
export interface Trustee {
  drop(tags: readonly string[]): void;
  forget(): void;
}

export interface LiveTrustOptions {
  /** The services whose heartbeats it needs. By default those that decide who may do what. */
  services?: readonly string[];
  time?: GuardTime;
}

/**
 * Whether what was learnt may still be believed: while every event is heard. That ends at once when the live feed is
 * lost, and 2 s after the last heartbeat of any service, so that a silent cut between any two of relay, bus and us is
 * noticed. Give it to `followLive`.
 */
export class LiveTrust implements LiveListener {
  /** What may be believed no more. Those who join may look here when they are told. */
  readonly touches = new Touches();
  private readonly services: ReadonlySet<string>;
  private readonly time: GuardTime;
  private readonly trustees: Trustee[] = [this.touches];
  private readonly heard = new Map<string, number>();
  private following = false;
  private until = -Infinity;
  private callOff: (() => void) | undefined;

  constructor({ services = SERVICES, time = systemTime }: LiveTrustOptions = {}) {
    this.services = new Set(services);
    this.time = time;
  }

  /** One comparison: it stands on the way of every verification. */
  holds(): boolean {
    return this.time.monotonic() < this.until;
  }

  /** Trustees are told in the order in which they join. */
  join(trustee: Trustee): void {
    this.trustees.push(trustee);
  }

  /** Lets go of what these tags touch: what an event named, or the answer to a command that took access away. */
  drop(tags: readonly string[]): void {
    for (const trustee of this.trustees) trustee.drop(tags);
  }

  onFollowing(): void {
    this.following = true;
  }

  onEvent(event: AccessEvent): void {
    this.drop(touchedTags(event));
  }

  onHeartbeat(service: string): void {
    if (!this.following || !this.services.has(service)) return;
    const now = this.time.monotonic();
    // Silent for too long: what came to pass meanwhile may have been lost between servers.
    if (now >= this.until) this.distrust();
    this.heard.set(service, now);
    const until = Math.min(...this.heard.values()) + HEARTBEAT_LASTS_MS;
    if (this.heard.size < this.services.size || until <= now) return;
    this.until = until;
    this.callOff ??= this.awaitSilence(until - now);
  }

  onLost(): void {
    this.following = false;
    this.heard.clear();
    this.distrust();
  }

  private awaitSilence(milliseconds: number): () => void {
    return this.time.after(milliseconds, () => {
      this.callOff = undefined;
      const left = this.until - this.time.monotonic();
      if (left > 0) this.callOff = this.awaitSilence(left);
      else this.distrust();
    });
  }

  private distrust(): void {
    this.callOff?.();
    this.callOff = undefined;
    if (this.until === -Infinity) return;
    this.until = -Infinity;
    for (const trustee of this.trustees) trustee.forget();
  }
}
