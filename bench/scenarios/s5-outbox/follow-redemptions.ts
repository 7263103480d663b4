import { setTimeout as delay } from 'node:timers/promises';
import { monotonicMs } from '../../harness/monotonic.ts';
import { steadyLoad } from '../../harness/steady-load.ts';
import { createLoginTokens } from '../../platform/create-login-tokens.ts';
import type { EventLog } from '../../platform/event-log.ts';
import { redeemLoginToken } from '../../platform/owner-client.ts';
import type { Platform } from '../../platform/platform.ts';

const EVENTS_PER_REDEMPTION = 2;
const SECONDS = 30;
/** Redemptions of one token wait for each other. */
const LOGIN_TOKENS = 50;

/**
 * Redeems so that so many events arise each second, and follows each to the subscriber. Answers the milliseconds from
 * *before the request was sent*, which the handling of the request and its commit are part of.
 */
export async function followRedemptions(platform: Platform, log: EventLog, eventsPerSecond: number): Promise<number[]> {
  const tokens = await createLoginTokens(platform, LOGIN_TOKENS);
  const run = crypto.randomUUID();
  const sentAt = new Map<string, number>();
  const stopLoad = steadyLoad(eventsPerSecond / EVENTS_PER_REDEMPTION, (index) => {
    const requestId = `${run}-${index}`;
    sentAt.set(requestId, monotonicMs());
    return redeemLoginToken(platform, tokens[index % tokens.length] ?? '', requestId);
  });
  await delay(SECONDS * 1000);
  const redeemed = await stopLoad();
  const events = await log.received(redeemed * EVENTS_PER_REDEMPTION, run);
  return events.map(({ requestId, at }) => at - (sentAt.get(requestId) ?? NaN));
}
