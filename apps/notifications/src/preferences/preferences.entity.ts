import type { NotificationPreferences } from '@valetkey/contracts';
import { defineEntity, p } from '@mikro-orm/postgresql';

const PreferencesSchema = defineEntity({
  name: 'Preferences',
  tableName: 'preferences',
  properties: {
    userId: p.uuid().primary(),
    revision: p.integer(),
    /** What the user ever chose; all else is as it is for everybody. */
    choices: p.json().$type<Partial<NotificationPreferences>>(),
  },
});

/** When a user wants to be mailed. There is none until they choose. */
export class Preferences extends PreferencesSchema.class {}
PreferencesSchema.setClass(Preferences);
