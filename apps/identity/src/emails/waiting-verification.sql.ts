/** Predicate of the verification `v` of an added address `e` that can still be used at the time `$1`. */
export const waitingVerification = `v.expires_at > $1 AND NOT EXISTS (
    SELECT 1 FROM emails taken WHERE taken.address = e.address AND taken.verified_at IS NOT NULL)`;
