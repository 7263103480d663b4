import { expect } from '@jest/globals';
import { waitUntil } from '@valetkey/testing/stack';
import type { TestIdentity } from './start-identity.ts';

/** Until identity has carried out what it ordered, of itself and of others. */
export async function everythingDelivered({ database }: TestIdentity): Promise<void> {
  const delivered = async () => {
    const { rows } = await database.query('SELECT 1 FROM outbox WHERE sent_at IS NULL');
    return rows.length === 0 || undefined;
  };
  expect(await waitUntil(delivered, { timeoutMs: 5_000 })).toBe(true);
}
