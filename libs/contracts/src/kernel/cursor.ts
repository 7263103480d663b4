import { z } from 'zod';

/** A UUID's 16 bytes in base64url: opaque to clients, the keyset's position to us. */
export function cursorOf(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}

/** Parsed to the id after which the page begins. */
export const Cursor = z
  .string()
  .regex(/^[0-9A-Za-z_-]{22}$/, 'must be a cursor that a list answered')
  .transform((cursor) =>
    Buffer.from(cursor, 'base64url')
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  );
