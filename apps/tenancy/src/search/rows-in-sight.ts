import type { Listing } from './listing.ts';
import type { Parameters } from './parameters.ts';

/**
 * SQL for the newest rows of a listing, `id` and the `key` of their text, at the cost of those alone: an index has them in
 * their order for an account, and for every group and organization by itself, which are the account's that grants them.
 */
export function rowsInSight(listing: Listing, parameters: Parameters, most: number): string {
  const { reach, group, organization, lanes = {} } = listing;
  const asked = askedOf(listing, parameters);
  const newest = (...where: string[]) =>
    `SELECT m.id, m.${listing.text.key} AS key FROM ${listing.table} m WHERE ${[...where, ...asked].join(' AND ')}
      ORDER BY m.id DESC LIMIT ${most}`;
  if (reach === 'everywhere') return newest(`m.account_id = ${parameters.unknown(listing.accountId, 'uuid')}`);

  const groups = `${parameters.add(reach.groups)}::uuid[]`;
  const organizations = `${parameters.add(reach.organizations)}::uuid[]`;
  const lane = Object.entries(lanes).map(([column, values]) => ({ column, values: parameters.add(values) }));
  const eachLane = lane.map(({ column, values }) => `CROSS JOIN unnest(${values}::text[]) AS of_${column}`).join(' ');
  const inLane = lane.map(({ column }) => `m.${column} = of_${column}`);
  return `SELECT m.id, m.key FROM (
      SELECT m.id, m.key FROM unnest(${groups}) AS g ${eachLane}
       CROSS JOIN LATERAL (${newest(`m.${group} = g`, ...inLane)}) AS m
      UNION ALL
      SELECT m.id, m.key FROM unnest(${organizations}) AS o
       CROSS JOIN LATERAL (${newest(`m.${organization} = o`, `(m.${group} = ANY (${groups})) IS NOT TRUE`)}) AS m
    ) AS m ORDER BY m.id DESC LIMIT ${most}`;
}

/** The condition on `m` that it is a row of the listing. */
export function inSight(listing: Listing, parameters: Parameters): string {
  const { accountId, reach, group, organization } = listing;
  const asked = [`m.account_id = ${parameters.add(accountId)}`, ...askedOf(listing, parameters)];
  if (reach === 'everywhere') return asked.join(' AND ');
  const [groups, organizations] = [parameters.add(reach.groups), parameters.add(reach.organizations)];
  return `${asked.join(' AND ')} AND (m.${group} = ANY (${groups}) OR m.${organization} = ANY (${organizations}))`;
}

function askedOf({ only, cursor }: Listing, parameters: Parameters): string[] {
  return [...only(parameters), ...(cursor ? [`m.id < ${parameters.add(cursor)}`] : [])];
}
