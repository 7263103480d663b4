import type { Locale } from '@valetkey/contracts';

const none: Record<Locale, string> = { en: 'none', pt: 'nenhuma' };

/** Resource permissions by their names, e.g. `devices.manage, devices.view`. */
export function permissionList(permissions: readonly string[], locale: Locale): string {
  return permissions.length > 0 ? permissions.join(', ') : none[locale];
}
