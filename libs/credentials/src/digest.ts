import { createHmac } from 'node:crypto';

/** HMAC-SHA-256 in base64url, for what must be compared but never guessed from its digest. */
export function digest(key: string, text: string): string {
  return createHmac('sha256', Buffer.from(key, 'base64url')).update(text).digest('base64url');
}
