import { setTimeout as delay } from 'node:timers/promises';
import type { CheckPoint } from '../../platform/check-points.ts';
import { type OwnerClient, redeemLoginToken } from '../../platform/owner-client.ts';
import type { Platform } from '../../platform/platform.ts';
import { watch } from './watch.ts';

/** Far beyond the bar: who accepts after this is found by the check at the end. */
const WATCH_MS = 250;

export interface Revoked {
  secret: string;
  /** Per check point, milliseconds from the DELETE's answer to the last wrong "active". */
  delays: number[];
}

/** A fresh login token, a session of it that every check point knows, and the token's end. */
export async function revoke(platform: Platform, owner: OwnerClient, points: CheckPoint[]): Promise<Revoked> {
  const { loginToken, secret: token } = await owner.createLoginToken();
  const secret = await redeemLoginToken(platform, token);
  for (const point of [...points, ...points]) await insistOnAccess(point, secret);
  const watches = points.map((point) => watch(point, secret));
  await owner.deleteLoginToken(loginToken.id);
  const revokedAt = performance.now();
  await delay(WATCH_MS);
  return { secret, delays: await Promise.all(watches.map((each) => each.lastWrongAfter(revokedAt))) };
}

async function insistOnAccess(point: CheckPoint, secret: string): Promise<void> {
  if (!(await point.accepts(secret))) throw new Error(`${point.name} refuses a fresh session`);
}
