import { LRUCache } from 'lru-cache';
import { type GuardTime, systemTime } from '../guard-time.ts';
import type { LiveTrust } from '../trust/live-trust.ts';

/** What was asked for, and what it stands on. */
export interface Asked<Answer> {
  answer: Answer;
  /** `session:<id>`, `login-token:<id>`, `user:<id>`, `account:<id>` … Without any it is not kept: nothing could end it. */
  tags: readonly string[];
  /** When it ends by itself. */
  endsAt?: Date;
}

export type Ask<Answer> = () => Promise<Asked<Answer>>;

/** A kept answer was given, or there was none, or one was touched by an event while it was under way. */
export type CacheOutcome = 'hit' | 'miss' | 'stale';

export interface EventDrivenCacheOptions {
  trust: LiveTrust;
  /** Answers kept at most; the least recently used go first. */
  limit?: number;
  time?: Pick<GuardTime, 'wall'>;
  observe?: (outcome: CacheOutcome) => void;
}

interface Kept<Answer> {
  answer: Answer;
  tags: readonly string[];
  /** The moment, among the touches, as of which it is known to hold: when it was asked for, or last looked at. */
  since: number;
  /** Milliseconds since the epoch. */
  endsAt: number;
}

interface Landing<Answer> {
  answer: Answer;
  /** No event touched it on its way. */
  sound: boolean;
}

const DEFAULT_LIMIT = 100_000;
/** The second is begun after everybody who waits for it has come, so it answers them, touched or not. */
const MAX_ASKS = 3;

/**
 * Keeps answers for as long as every event is heard, and each until an event touches it. What it gives out is never
 * older than the events that had arrived when it was asked for. While events may be missed it keeps nothing and asks
 * each time.
 */
export class EventDrivenCache<Answer> {
  private readonly trust: LiveTrust;
  private readonly time: Pick<GuardTime, 'wall'>;
  private readonly observe: (outcome: CacheOutcome) => void;
  private readonly answers: LRUCache<string, Kept<Answer>>;
  private readonly underWay = new Map<string, Promise<Landing<Answer>>>();

  constructor({ trust, limit = DEFAULT_LIMIT, time = systemTime, observe = () => undefined }: EventDrivenCacheOptions) {
    this.trust = trust;
    this.time = time;
    this.observe = observe;
    this.answers = new LRUCache({ max: limit });
  }

  /** What is kept under the key and may be believed, at once. Counts as a hit; that there is none does not count. */
  kept(key: string): Answer | undefined {
    if (!this.trust.holds()) return undefined;
    const kept = this.answers.get(key);
    if (kept === undefined || this.isOver(kept)) return undefined;
    kept.since = this.trust.touches.now();
    this.observe('hit');
    return kept.answer;
  }

  /** What is kept, else what is asked: once for all who want it at the same time. Throws what the ask throws. */
  async get(key: string, ask: Ask<Answer>): Promise<Answer> {
    const kept = this.kept(key);
    if (kept !== undefined) return kept;
    this.observe('miss');
    return this.untilSound(() => this.join(key, ask));
  }

  /** Asks anew, whatever is kept or under way. */
  async renew(key: string, ask: Ask<Answer>): Promise<Answer> {
    return this.untilSound(() => this.fly(key, ask));
  }

  private isOver({ endsAt, since, tags }: Kept<Answer>): boolean {
    return this.time.wall() >= endsAt || this.trust.touches.touchedSince(since, tags);
  }

  private async untilSound(ask: () => Promise<Landing<Answer>>): Promise<Answer> {
    for (let asks = 1; ; asks += 1) {
      const { answer, sound } = await ask();
      if (sound || asks === MAX_ASKS) return answer;
      this.observe('stale');
    }
  }

  private join(key: string, ask: Ask<Answer>): Promise<Landing<Answer>> {
    // Without trust nobody joins: what was asked before one came may be too old for one.
    if (!this.trust.holds()) return this.fly(key, ask);
    const joined = this.underWay.get(key);
    if (joined) return joined;
    const flight = this.fly(key, ask);
    this.underWay.set(key, flight);
    const land = () => this.underWay.delete(key);
    flight.then(land, land);
    return flight;
  }

  private async fly(key: string, ask: Ask<Answer>): Promise<Landing<Answer>> {
    const trusted = this.trust.holds();
    const since = this.trust.touches.now();
    const { answer, tags, endsAt } = await ask();
    if (!trusted) return { answer, sound: true };
    const sound = this.trust.holds() && !this.trust.touches.touchedSince(since, tags);
    // A copy of the tags takes no more room than it needs, where a list that grew has room to grow on.
    if (sound && tags.length > 0)
      this.answers.set(key, { answer, tags: tags.slice(), since, endsAt: endsAt?.getTime() ?? Infinity });
    return { answer, sound };
  }
}
