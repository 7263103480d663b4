const DAY_MS = 24 * 3_600_000;

export interface DigestDay {
  /** What happened before it stands in the digest. */
  before: Date;
  /** `YYYY-MM-DD`: of one day there is one digest. */
  day: string;
}

/** The digest that is due: that of today once its hour (UTC) has come, that of yesterday until then. */
export function digestDay(now: Date, hour: number): DigestDay {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hour);
  const before = new Date(today <= now.getTime() ? today : today - DAY_MS);
  return { before, day: before.toISOString().slice(0, 10) };
}
