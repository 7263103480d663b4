/** What happened is worth telling for a week: as long may the mail server be away. */
export const NOTICE_LIFETIME_MS = 7 * 24 * 3_600_000;
