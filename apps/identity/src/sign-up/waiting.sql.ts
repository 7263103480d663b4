/** Predicate of a sign-up that can still be verified at the time `$1`. */
export const waiting = `sign_ups.expires_at > $1 AND NOT EXISTS (
    SELECT 1 FROM emails WHERE emails.address = sign_ups.email AND emails.verified_at IS NOT NULL)`;
