import { describe, expect, test } from '@jest/globals';
import { Health } from './index.ts';

describe('A service', () => {
  test('is ready when nothing is away', async () => {
    const health = new Health();
    expect(await health.report()).toEqual({ status: 'ok', away: [] });
    health.register('database', () => Promise.resolve());
    health.register('bus', () => undefined);
    expect(await health.report()).toEqual({ status: 'ok', away: [] });
  });

  test('names what is away: what throws, what rejects, and what has not answered within a second', async () => {
    const health = new Health();
    health.register('silent', () => new Promise(() => undefined));
    health.register('there', () => undefined);
    health.register('throwing', () => {
      throw new Error('away');
    });
    health.register('rejecting', () => Promise.reject(new Error('away')));
    const asked = performance.now();
    expect(await health.report()).toEqual({ status: 'unavailable', away: ['silent', 'throwing', 'rejecting'] });
    expect(performance.now() - asked).toBeLessThan(1_500);
  });

  test('is ready again once it is back', async () => {
    const health = new Health();
    let away = true;
    health.register('bus', () => (away ? Promise.reject(new Error('away')) : undefined));
    expect((await health.report()).status).toBe('unavailable');
    away = false;
    expect((await health.report()).status).toBe('ok');
  });

  test('registers no two checks of one name', () => {
    const health = new Health();
    health.register('bus', () => undefined);
    expect(() => health.register('bus', () => undefined)).toThrow('bus is registered already');
  });
});
