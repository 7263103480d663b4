import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualTime } from '../testing/index.ts';
import { LiveTrust } from './live-trust.ts';

const services = ['identity', 'tenancy', 'tokens'];
let time: ManualTime;
let trust: LiveTrust;
let forgotten: number;

beforeEach(() => {
  time = new ManualTime();
  trust = new LiveTrust({ time });
  forgotten = 0;
  trust.join({ drop: () => undefined, forget: () => (forgotten += 1) });
});

function beat(...beating: string[]): void {
  for (const service of beating) trust.onHeartbeat(service);
}

function follow(): void {
  trust.onFollowing();
  beat(...services);
}

describe('Trust', () => {
  it('begins with following live and a heartbeat of every service', () => {
    beat(...services);
    expect(trust.holds()).toBe(false);
    trust.onFollowing();
    beat('identity', 'tenancy');
    expect(trust.holds()).toBe(false);
    beat('tokens');
    expect(trust.holds()).toBe(true);
  });

  it('lasts for as long as all hearts beat', () => {
    follow();
    for (let beats = 0; beats < 20; beats += 1) {
      time.advance(500);
      beat(...services);
    }
    expect(trust.holds()).toBe(true);
    expect(forgotten).toBe(0);
  });

  it.each(services)('ends 2 s after the last heartbeat of %s, and all is forgotten', (silent) => {
    follow();
    const others = services.filter((service) => service !== silent);
    for (let beats = 0; beats < 3; beats += 1) {
      time.advance(500);
      beat(...others);
    }
    time.advance(499);
    expect(trust.holds()).toBe(true);
    time.advance(1);
    expect(trust.holds()).toBe(false);
    expect(forgotten).toBe(1);
  });

  it('ends at once when the feed is lost, and needs fresh heartbeats of all', () => {
    follow();
    trust.onLost();
    expect(trust.holds()).toBe(false);
    expect(forgotten).toBe(1);
    trust.onFollowing();
    beat('identity', 'tenancy');
    expect(trust.holds()).toBe(false);
    beat('tokens');
    expect(trust.holds()).toBe(true);
  });

  it('comes back after a silence with the heartbeats of all, forgetting once', () => {
    follow();
    time.advance(10_000);
    beat('identity', 'tenancy');
    expect(trust.holds()).toBe(false);
    beat('tokens');
    expect(trust.holds()).toBe(true);
    expect(forgotten).toBe(1);
  });

  it('forgets after a silence that ends before anybody looked', () => {
    const sleepy = { wall: () => 0, monotonic: () => time.monotonic(), after: () => () => undefined };
    const late = new LiveTrust({ services: ['tokens'], time: sleepy });
    late.join({ drop: () => undefined, forget: () => (forgotten += 1) });
    late.onFollowing();
    late.onHeartbeat('tokens');
    time.advance(2_500);
    late.onHeartbeat('tokens');
    expect(late.holds()).toBe(true);
    expect(forgotten).toBe(1);
  });

  it('does not ask for the heartbeats of others', () => {
    follow();
    time.advance(1_999);
    beat('audit');
    time.advance(1);
    expect(trust.holds()).toBe(false);
  });
});
