import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualTime } from '../testing/index.ts';
import { LiveTrust } from '../trust/live-trust.ts';
import { type Asked, type CacheOutcome, EventDrivenCache } from './event-driven-cache.ts';

let time: ManualTime;
let trust: LiveTrust;
let outcomes: CacheOutcome[];
let cache: EventDrivenCache<string>;

beforeEach(() => {
  time = new ManualTime();
  trust = new LiveTrust({ services: ['tokens'], time });
  outcomes = [];
  cache = new EventDrivenCache({ trust, time, limit: 3, observe: (outcome) => outcomes.push(outcome) });
  follow();
});

function follow(): void {
  trust.onFollowing();
  trust.onHeartbeat('tokens');
}

/** A place to ask, which answers when the test says so. */
function source() {
  const asks: PromiseWithResolvers<Asked<string>>[] = [];
  const ask = () => {
    const answer = Promise.withResolvers<Asked<string>>();
    asks.push(answer);
    return answer.promise;
  };
  const answer = async (place: number, text: string, tags = ['session:1']) => {
    asks[place]?.resolve({ answer: text, tags });
    await settled();
  };
  return { ask, asks, answer };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const says =
  (answer: string, more: Partial<Asked<string>> = {}) =>
  async () => ({ answer, tags: ['session:1'], ...more });
const fails = async () => Promise.reject<Asked<string>>(new Error('nobody home'));

describe('A kept answer', () => {
  it('is given without asking', async () => {
    await cache.get('key', says('first'));
    expect(await cache.get('key', fails)).toBe('first');
    expect(cache.kept('key')).toBe('first');
    expect(outcomes).toEqual(['miss', 'hit', 'hit']);
  });

  it('is gone the moment an event touches it', async () => {
    await cache.get('key', says('first', { tags: ['session:1', 'user:ada'] }));
    await cache.get('other', says('untouched', { tags: ['user:bob'] }));
    trust.drop(['user:ada']);
    expect(cache.kept('key')).toBeUndefined();
    expect(cache.kept('other')).toBe('untouched');
  });

  it('is given no more when too much was touched since it was last given for all of it to be remembered', async () => {
    const others = Array.from({ length: 30_000 }, (_, index) => `user:${index}`);
    await cache.get('key', says('first'));
    trust.drop(others);
    expect(cache.kept('key')).toBe('first');
    for (const other of others) trust.drop([other]);
    expect(cache.kept('key')).toBe('first');

    trust.drop(['user:one-more']);
    for (const other of others) trust.drop([other]);
    expect(cache.kept('key')).toBeUndefined();
  });

  it('is given until its end', async () => {
    await cache.get('key', says('first', { endsAt: new Date(time.wall() + 1_000) }));
    time.advance(999);
    expect(cache.kept('key')).toBe('first');
    time.advance(1);
    expect(await cache.get('key', says('second'))).toBe('second');
  });

  it('makes room for others when it is the one least used', async () => {
    for (const key of ['a', 'b', 'c']) await cache.get(key, says(key));
    cache.kept('a');
    await cache.get('d', says('d'));
    expect(['a', 'b', 'c', 'd'].map((key) => cache.kept(key))).toEqual(['a', undefined, 'c', 'd']);
  });

  it('can be an answer in the negative', async () => {
    const absences = new EventDrivenCache<string | null>({ trust, time });
    const ask = async () => ({ answer: null, tags: ['account:1'] });
    await absences.get('key', ask);
    expect(absences.kept('key')).toBeNull();
  });

  it('is renewed on demand', async () => {
    await cache.get('key', says('first'));
    expect(await cache.renew('key', says('second'))).toBe('second');
    expect(cache.kept('key')).toBe('second');
  });
});

describe('An answer is not kept', () => {
  it('when nothing could end it', async () => {
    await cache.get('key', says('unknown', { tags: [] }));
    expect(cache.kept('key')).toBeUndefined();
  });

  it('when the ask failed', async () => {
    await expect(cache.get('key', fails)).rejects.toThrow('nobody home');
    expect(await cache.get('key', says('second'))).toBe('second');
  });

  it('when an event touched it on its way: it is asked for again', async () => {
    const { ask, asks, answer } = source();
    const given = cache.get('key', ask);
    trust.drop(['session:1']);
    await answer(0, 'from before the event');
    expect(asks).toHaveLength(2);
    await answer(1, 'from after the event');

    expect(await given).toBe('from after the event');
    expect(cache.kept('key')).toBe('from after the event');
    expect(outcomes).toEqual(['miss', 'stale', 'hit']);
  });

  it('when it goes on being touched: after three asks it is given out only', async () => {
    const { ask, asks, answer } = source();
    const given = cache.get('key', ask);
    for (const place of [0, 1, 2]) {
      trust.drop(['session:1']);
      await answer(place, `answer ${place}`);
    }

    expect(await given).toBe('answer 2');
    expect(asks).toHaveLength(3);
    expect(cache.kept('key')).toBeUndefined();
  });

  it('when trust was lost on its way, though it is back', async () => {
    const { ask, answer } = source();
    const given = cache.get('key', ask);
    trust.onLost();
    follow();
    await answer(0, 'from before the cut');
    await answer(1, 'from after the cut');
    expect(await given).toBe('from after the cut');
  });

  it('when it was asked for without trust, though it came with it', async () => {
    trust.onLost();
    const { ask, answer } = source();
    const given = cache.get('key', ask);
    follow();
    await answer(0, 'asked while cut off');
    expect(await given).toBe('asked while cut off');
    expect(cache.kept('key')).toBeUndefined();
  });
});

describe('Those who ask at the same time', () => {
  it('share one ask', async () => {
    const { ask, asks, answer } = source();
    const all = [cache.get('key', ask), cache.get('key', ask)];
    await answer(0, 'shared');
    expect(await Promise.all(all)).toEqual(['shared', 'shared']);
    expect(asks).toHaveLength(1);
  });

  it('share its failure, and the next one asks again', async () => {
    const { ask, asks } = source();
    const all = Promise.allSettled([cache.get('key', ask), cache.get('key', ask)]);
    asks[0]?.reject(new Error('nobody home'));
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await cache.get('key', says('second'))).toBe('second');
  });

  it('ask each for themselves without trust', async () => {
    trust.onLost();
    const { ask, asks, answer } = source();
    const all = [cache.get('key', ask), cache.get('key', ask)];
    await answer(0, 'one');
    await answer(1, 'two');
    expect(await Promise.all(all)).toEqual(['one', 'two']);
    expect(asks).toHaveLength(2);
  });

  it('do not join what was asked before trust was lost', async () => {
    const { ask, asks, answer } = source();
    void cache.get('key', ask);
    trust.onLost();
    const late = cache.get('key', ask);
    expect(asks).toHaveLength(2);
    await answer(1, 'asked for the late one');
    expect(await late).toBe('asked for the late one');
    await answer(0, 'early');
    await answer(2, 'early again');
  });
});
