import { withClient } from '../../harness/with-client.ts';
import type { Platform } from '../../platform/platform.ts';

export type List = 'members' | 'organizations' | 'invitations';

/** The ids before the middle and before the last page of each list. */
export type Places = Record<List, { middle: string; last: string }>;

const ids: Record<List, string> = {
  members: 'SELECT id, coalesce(organization_id, group_id) AS unit FROM memberships WHERE account_id = $1',
  organizations: 'SELECT id, id AS unit FROM organizations WHERE account_id = $1',
  invitations: 'SELECT id, scope_id AS unit FROM invitations WHERE account_id = $1',
};

/** Where the pages of a whole account begin, or of one of its groups. */
export async function placesOf(platform: Platform, accountId: string, group?: string): Promise<Places> {
  return withClient(platform.tenancyDatabaseUrl, async (client) => {
    const placeIn = async (list: List, row: string): Promise<string> => {
      const within = `SELECT g.id FROM groups g WHERE g.account_id = $1 AND g.name = $2 UNION ALL
        SELECT o.id FROM organizations o JOIN groups g ON g.id = o.group_id WHERE g.account_id = $1 AND g.name = $2`;
      const seen = `WITH seen AS (SELECT id FROM (${ids[list]}) AS rows WHERE $2::text IS NULL OR unit IN (${within}))`;
      const { rows } = await client.query<{ id: string }>(
        `${seen} SELECT id FROM seen ORDER BY id OFFSET ${row} LIMIT 1`,
        [accountId, group],
      );
      const [found] = rows;
      if (!found) throw new Error(`No ${list} at ${row}`);
      return found.id;
    };
    const places = async (list: List) => ({
      middle: await placeIn(list, '(SELECT count(*) / 2 FROM seen)'),
      last: await placeIn(list, '25'),
    });
    return {
      members: await places('members'),
      organizations: await places('organizations'),
      invitations: await places('invitations'),
    };
  });
}
