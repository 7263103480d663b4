import { byType, on } from '@valetkey/access-events';
import { accountPurged } from '@valetkey/contracts';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** Of a purged account nothing is kept, and nothing told any more. */
export const forgetAccount = byType<EntityManager>(
  on(accountPurged, async ({ subject }, em) => {
    await sql(em, 'DELETE FROM digest_items WHERE account_id = $1', [subject]);
    await sql(em, 'DELETE FROM mails WHERE account_id = $1', [subject]);
  }),
);
