import type { Changes, Permission } from '@valetkey/contracts';

type Entry = Omit<Permission, 'name'>;

/** What a new catalogue changes, permission by permission; null on the side where there is none. */
export function catalogueChanges(before: readonly Permission[], after: readonly Permission[]): Changes {
  const [old, fresh] = [byName(before), byName(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .sort()
    .map((field) => ({ field, from: old.get(field) ?? null, to: fresh.get(field) ?? null }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
}

function byName(permissions: readonly Permission[]): Map<string, Entry> {
  return new Map(permissions.map(({ name, description, roles }) => [name, { description, roles }]));
}
