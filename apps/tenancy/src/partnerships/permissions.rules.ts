/** Whether a grant holds anything that the ceiling does not. */
export function exceeds(permissions: readonly string[], ceiling: readonly string[]): boolean {
  return permissions.some((permission) => !ceiling.includes(permission));
}

/** Whether two lists name the same permissions, each of them once. */
export function areSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && !exceeds(one, other);
}
