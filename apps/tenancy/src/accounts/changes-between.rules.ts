import type { Changes } from '@valetkey/contracts';

/** What an update changes of a record, field by field; a field that is absent from it stays. */
export function changesBetween<Fields extends object>(before: Fields, update: Partial<Fields>): Changes {
  const present = new Map<string, unknown>(Object.entries(before));
  return Object.entries(update)
    .filter(([field, to]) => to !== undefined && to !== present.get(field))
    .map(([field, to]: [string, unknown]) => ({ field, from: present.get(field), to }));
}
