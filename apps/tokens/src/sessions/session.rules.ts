const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds without use, and in all, after which a session ends. */
export interface Lifetime {
  idle: number;
  absolute: number;
}

/** Of each kind; a portal session's is its account's to say, once it stands in one. */
export const lifetimes = {
  portal: { idle: HOUR, absolute: 24 * HOUR },
  login_token: { idle: HOUR, absolute: 12 * HOUR },
  access_link: { idle: 30 * MINUTE, absolute: 8 * HOUR },
} as const satisfies Record<string, Lifetime>;

/** By the policy of the account where a portal session stands. */
export function portalLifetime(account: { portalIdleMinutes: number; portalMaxHours: number }): Lifetime {
  return { idle: account.portalIdleMinutes * MINUTE, absolute: account.portalMaxHours * HOUR };
}

export function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}

export function earlier(one: Date, other: Date | null | undefined): Date {
  return other && other < one ? other : one;
}
