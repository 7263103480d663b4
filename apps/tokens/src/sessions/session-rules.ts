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

export function earliest(...times: (Date | null | undefined)[]): Date {
  return new Date(Math.min(...times.filter((time) => time != null).map((time) => time.getTime())));
}
