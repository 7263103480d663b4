import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ManualTime } from '../testing/index.ts';
import { LiveTrust } from '../trust/live-trust.ts';
import { type Asked, EventDrivenCache } from './event-driven-cache.ts';

const keys = ['door', 'gate'] as const;
type Key = (typeof keys)[number];

interface AskUnderWay {
  key: Key;
  read?: number;
  answer: PromiseWithResolvers<Asked<number>>;
}

interface Given {
  answer: Promise<number>;
  /** The answer must be of this version or a later one. */
  atLeast: number;
}

/**
 * A platform in small: what each key stands on has a version, a change of it commits, then its event arrives or is lost
 * with the feed, and an ask reads at one moment and answers at a later one.
 */
class World {
  readonly given: Given[] = [];
  readonly asks: AskUnderWay[] = [];
  private readonly truth = new Map<Key, number>(keys.map((key) => [key, 0]));
  private readonly heard = new Map<Key, number>(keys.map((key) => [key, 0]));
  private events: { key: Key; version: number }[] = [];
  private following = false;
  private readonly trust = new LiveTrust({ services: ['tokens'], time: new ManualTime() });
  private readonly cache = new EventDrivenCache<number>({ trust: this.trust, limit: 10 });

  get(key: Key): void {
    const known = this.trust.holds() ? this.heard : this.truth;
    const answer = this.cache.get(key, () => this.ask(key));
    this.given.push({ answer, atLeast: known.get(key) ?? 0 });
  }

  commit(key: Key): void {
    const version = (this.truth.get(key) ?? 0) + 1;
    this.truth.set(key, version);
    if (this.following) this.events.push({ key, version });
  }

  deliver(): void {
    const event = this.events.shift();
    if (!event) return;
    this.heard.set(event.key, event.version);
    this.trust.drop([event.key]);
  }

  read(place: number): void {
    const ask = this.asks[place % Math.max(this.asks.length, 1)];
    if (ask) ask.read ??= this.truth.get(ask.key);
  }

  answer(place: number): void {
    const index = place % Math.max(this.asks.length, 1);
    const ask = this.asks[index];
    if (!ask) return;
    this.asks.splice(index, 1);
    ask.answer.resolve({ answer: ask.read ?? this.truth.get(ask.key) ?? 0, tags: [ask.key] });
  }

  /** What was on its way to us is lost. */
  lose(): void {
    this.events = [];
    this.following = false;
    this.trust.onLost();
  }

  /** Whatever was missed before counts as known: who asks from here on must see it. */
  follow(): void {
    if (this.following) return;
    this.following = true;
    this.trust.onFollowing();
    this.trust.onHeartbeat('tokens');
    for (const [key, version] of this.truth) this.heard.set(key, version);
  }

  /** Nothing is kept that is older than an event that has arrived. */
  check(): void {
    for (const key of keys) {
      const kept = this.cache.kept(key);
      if (kept !== undefined && kept < (this.heard.get(key) ?? 0)) throw new Error(`an old answer is kept for ${key}`);
    }
  }

  async finish(): Promise<void> {
    while (this.asks.length > 0) {
      this.answer(0);
      await settled();
    }
    for (const { answer, atLeast } of this.given) expect(await answer).toBeGreaterThanOrEqual(atLeast);
  }

  private ask(key: Key): Promise<Asked<number>> {
    const answer = Promise.withResolvers<Asked<number>>();
    this.asks.push({ key, answer });
    return answer.promise;
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

const key = fc.constantFrom(...keys);
const place = fc.nat({ max: 3 });
const steps = {
  get: key.map((one) => (world: World) => world.get(one)),
  commit: key.map((one) => (world: World) => world.commit(one)),
  deliver: fc.constant((world: World) => world.deliver()),
  read: place.map((at) => (world: World) => world.read(at)),
  answer: place.map((at) => (world: World) => world.answer(at)),
  lose: fc.constant((world: World) => world.lose()),
  follow: fc.constant((world: World) => world.follow()),
};
const named = Object.entries(steps).map(([name, step]) => step.map((run) => ({ name, run })));

describe('However asks, answers, changes and events interleave', () => {
  it('nothing given out or kept is older than the events that had arrived', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(...named), { minLength: 6, size: 'max', maxLength: 40 }), async (all) => {
        const world = new World();
        world.follow();
        for (const { run } of all) {
          run(world);
          await settled();
          world.check();
        }
        await world.finish();
      }),
      { numRuns: 1_500 },
    );
  });
});
