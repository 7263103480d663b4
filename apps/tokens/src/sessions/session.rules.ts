const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds without use, and in all, after which a session of a kind ends. */
export const lifetimes = {
  portal: { idle: HOUR, absolute: 24 * HOUR },
  login_token: { idle: HOUR, absolute: 12 * HOUR },
} as const;

export function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}

export function earlier(one: Date, other: Date | null | undefined): Date {
  return other && other < one ? other : one;
}
