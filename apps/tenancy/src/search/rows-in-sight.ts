import type { Listing } from './listing.ts';
import type { Parameters } from './parameters.ts';

/**
 * SQL for the newest rows of a listing, `id` and `key_0` … of their texts, at the cost of those alone: an index has them in
 * their order for an account, and for every group and organization by itself, which are the account's that grants them.
 */
export function rowsInSight(listing: Listing, parameters: Parameters, most: number): string {
  const asked = askedOf(listing, parameters);
  const keys = listing.texts.map(({ of }, place) => `m.${of} AS key_${place}`).join(', ');
  const newest = (...where: string[]) =>
    `SELECT m.id, ${keys} FROM ${listing.table} m WHERE ${[...where, ...asked].join(' AND ')}
      ORDER BY m.id DESC LIMIT ${most}`;
  if (!('group' in listing) || listing.reach === 'everywhere') {
    return newest(`m.${listing.of.column} = ${parameters.unknown(listing.of.id, 'uuid')}`);
  }
  const { reach, group, organization, lanes = {} } = listing;
  const groups = `${parameters.add(reach.groups)}::uuid[]`;
  const organizations = `${parameters.add(reach.organizations)}::uuid[]`;
  const lane = Object.entries(lanes).map(([column, values]) => ({ column, values: parameters.add(values) }));
  const eachLane = lane.map(({ column, values }) => `CROSS JOIN unnest(${values}::text[]) AS of_${column}`).join(' ');
  const inLane = lane.map(({ column }) => `m.${column} = of_${column}`);
  return `SELECT m.* FROM (
      SELECT m.* FROM unnest(${groups}) AS g ${eachLane}
       CROSS JOIN LATERAL (${newest(`m.${group} = g`, ...inLane)}) AS m
      UNION ALL
      SELECT m.* FROM unnest(${organizations}) AS o
       CROSS JOIN LATERAL (${newest(`m.${organization} = o`, `(m.${group} = ANY (${groups})) IS NOT TRUE`)}) AS m
    ) AS m ORDER BY m.id DESC LIMIT ${most}`;
}

/** The condition on `m` that it is a row of the listing. */
export function inSight(listing: Listing, parameters: Parameters): string {
  const { column, id } = listing.of;
  const asked = [`m.${column} = ${parameters.add(id)}`, ...askedOf(listing, parameters)];
  if (!('group' in listing) || listing.reach === 'everywhere') return asked.join(' AND ');
  const { reach, group, organization } = listing;
  const [groups, organizations] = [parameters.add(reach.groups), parameters.add(reach.organizations)];
  return `${asked.join(' AND ')} AND (m.${group} = ANY (${groups}) OR m.${organization} = ANY (${organizations}))`;
}

function askedOf({ only, cursor }: Listing, parameters: Parameters): string[] {
  return [...only(parameters), ...(cursor ? [`m.id < ${parameters.add(cursor)}`] : [])];
}
