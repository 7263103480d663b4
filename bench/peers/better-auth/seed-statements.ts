/** Rows as Better Auth's own `signUp`, `createSession` and `createApiKey` leave them. */
export const INSERT_USERS = `
  INSERT INTO "user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
  SELECT id, 'Ada Lovelace', id || '@example.com', true, now(), now() FROM unnest($1::text[]) AS id`;

export const INSERT_SESSIONS = `
  INSERT INTO session (id, "userId", token, "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent")
  SELECT id, user_id, token, now() + interval '7 days', now(), now(), '127.0.0.1', 'Mozilla/5.0'
  FROM unnest($1::text[], $2::text[], $3::text[]) AS row (id, user_id, token)`;

export const INSERT_KEYS = `
  INSERT INTO apikey (id, "configId", "referenceId", start, key, enabled, "rateLimitEnabled", "rateLimitTimeWindow",
    "rateLimitMax", "requestCount", "createdAt", "updatedAt")
  SELECT id, 'default', user_id, start, hash, true, false, 86400000, 10, 0, now(), now()
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS row (id, user_id, start, hash)`;
