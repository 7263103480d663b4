/**
 * Live sessions `s` with the login token `t` that opened them, if one did. A session's end follows from its own and
 * its token's at each look, so an edited token needs no copy in its sessions; what an older secret opened lives within
 * the grace only. `now` stands for the time's parameter.
 */
export const liveSessions = (now: string) => `
  sessions s LEFT JOIN login_tokens t ON t.id = s.login_token_id
  CROSS JOIN LATERAL (SELECT least(s.expires_at, t.expires_at, CASE WHEN s.secret_number < t.secret_number
    THEN coalesce(t.previous_secret_ends_at, '-infinity') END) AS ends_at) e
  WHERE s.ended_at IS NULL AND (s.login_token_id IS NULL OR t.id IS NOT NULL) AND e.ends_at > ${now}
    AND s.last_seen_at + make_interval(secs => s.idle_seconds) > ${now}`;
