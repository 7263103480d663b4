/**
 * What redeeming a permanent login token does in its transaction, between BEGIN and COMMIT, statement by statement, for
 * a client without any framework. Kept in step with the tokens service.
 */
export const CLAIM_LOGIN_TOKEN = `
  UPDATE login_tokens SET status = CASE type WHEN 'one_time' THEN 'in_use' ELSE status END,
      version = version + 1, last_used_at = $2, last_used_from = $3
   WHERE id = (SELECT id FROM login_tokens WHERE secret_hash = $1
                UNION ALL SELECT id FROM login_tokens WHERE previous_secret_hash = $1 LIMIT 1)
     AND (secret_hash = $1 OR (previous_secret_hash = $1 AND previous_secret_ends_at > $2))
     AND status IN ('active', 'ready') AND (expires_at IS NULL OR expires_at > $2)
   RETURNING id, account_id, name, role, scope_type, scope_id, allowed_cidrs, max_sessions, version`;

export const SHARE_ACCOUNT = `
  SELECT id, token_session_limit, modules FROM accounts WHERE id = $1 AND token_session_limit IS NULL FOR SHARE`;

export const INSERT_SESSION = `
  INSERT INTO sessions (id, kind, secret_hash, account_id, subject_type, subject_id, subject_name, login_token_id,
    secret_number, operator, idle_seconds, created_at, last_seen_at, expires_at, check_at, address, user_agent, version)
  VALUES (uuidv7(), 'login_token', $1, $2, 'login-token', $3, $4, $3, 1, false, 3600, $5, $5, $6, $6, $7, $8, 1)`;

export const INSERT_EVENTS = `
  INSERT INTO outbox (kind, message_id, entity, subject, body, created_at)
  VALUES ('event', $1, $2, $3, $4, $9), ('event', $5, $6, $7, $8, $9)`;
