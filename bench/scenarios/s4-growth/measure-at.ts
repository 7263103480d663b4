import { cursorOf } from '@valetkey/contracts';
import { median } from '../../harness/statistics.ts';
import { introspect } from '../../platform/introspect.ts';
import { ownerClient } from '../../platform/owner-client.ts';
import type { Platform } from '../../platform/platform.ts';
import { seedLoginTokens } from '../../platform/seed-login-tokens.ts';
import { seedSessions } from '../../platform/seed-sessions.ts';
import { middleOf } from './middle-of.ts';

/** Milliseconds (p50) of each question. */
export type Latencies = Record<string, number>;

const WARM_UP = 100;
const TIMES = 500;
const SESSIONS_PER_TOKEN = 1_000;

/** Adds so many sessions and login tokens to those that are there, and asks one question at a time. */
export async function measureAt(platform: Platform, count: number): Promise<Latencies> {
  const secrets = await seedSessions(platform, count, SESSIONS_PER_TOKEN);
  // After them, so that a page shows tokens that have none.
  await seedLoginTokens(platform, count);
  const owner = await ownerClient(platform);
  const [middleToken, middleSession] = [await middleOf(platform, 'login_tokens'), await middleOf(platform, 'sessions')];
  const url = platform.gateways[0];
  return {
    coldIntrospection: await p50((index) => introspect(url, platform.resourceServer, secrets[index] ?? '')),
    firstTokens: await p50(() => owner.list('login-tokens?limit=25')),
    middleTokens: await p50(() => owner.list(`login-tokens?limit=25&cursor=${cursorOf(middleToken)}`)),
    firstSessions: await p50(() => owner.list('sessions?limit=25')),
    middleSessions: await p50(() => owner.list(`sessions?limit=25&cursor=${cursorOf(middleSession)}`)),
  };
}

async function p50(ask: (index: number) => Promise<unknown>): Promise<number> {
  const latencies: number[] = [];
  for (let index = 0; index < WARM_UP + TIMES; index += 1) {
    const start = performance.now();
    await ask(index);
    latencies.push(performance.now() - start);
  }
  return median(latencies.slice(WARM_UP));
}
