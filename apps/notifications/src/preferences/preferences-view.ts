import { NotificationKind, NotificationPreferences } from '@valetkey/contracts';
import type { Preferences } from './preferences.entity.ts';

const DEFAULTS = Object.fromEntries(NotificationKind.options.map((kind) => [kind, 'immediate']));

/** All kinds as the user has them: at once, where they never chose. */
export function preferencesView(stored: Pick<Preferences, 'revision' | 'choices'> | null) {
  const preferences = NotificationPreferences.parse({ ...DEFAULTS, ...stored?.choices });
  return { ...preferences, revision: stored?.revision ?? 1 };
}
