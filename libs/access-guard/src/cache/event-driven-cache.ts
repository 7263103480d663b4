import { type GuardTime, systemTime } from '../guard-time.ts';
import type { LiveTrust, Trustee } from '../trust/live-trust.ts';
import { KeptAnswers } from './kept-answers.ts';
import { Touches } from './touches.ts';

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
export class EventDrivenCache<Answer> implements Trustee {
  private readonly trust: LiveTrust;
  private readonly time: Pick<GuardTime, 'wall'>;
  private readonly observe: (outcome: CacheOutcome) => void;
  private readonly answers: KeptAnswers<Answer>;
  private readonly touches = new Touches();
  private readonly underWay = new Map<string, Promise<Landing<Answer>>>();

  constructor({ trust, limit = DEFAULT_LIMIT, time = systemTime, observe = () => undefined }: EventDrivenCacheOptions) {
    this.trust = trust;
    this.time = time;
    this.observe = observe;
    this.answers = new KeptAnswers(limit);
    trust.join(this);
  }

  /** What is kept under the key and may be believed, at once. Counts as a hit; that there is none does not count. */
  kept(key: string): Answer | undefined {
    if (!this.trust.holds()) return undefined;
    const kept = this.answers.get(key);
    if (kept === undefined || this.time.wall() >= kept.endsAt) return undefined;
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

  drop(tags: readonly string[]): void {
    this.touches.touch(tags);
    this.answers.drop(tags);
  }

  forget(): void {
    this.touches.touchEverything();
    this.answers.clear();
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
    const beginning = this.touches.begin();
    try {
      const { answer, tags, endsAt } = await ask();
      if (!trusted) return { answer, sound: true };
      const sound = this.trust.holds() && !this.touches.touchedSince(beginning, tags);
      if (sound && tags.length > 0) this.answers.keep({ key, answer, tags, endsAt: endsAt?.getTime() ?? Infinity });
      return { answer, sound };
    } finally {
      this.touches.end(beginning);
    }
  }
}
