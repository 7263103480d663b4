import { getNotificationPreferences, type InputOf } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Preferences } from './preferences.entity.ts';
import { preferencesView } from './preferences-view.ts';
import { userIdOf } from './user-id-of.ts';

@Injectable()
export class GetPreferencesHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(getNotificationPreferences)
  async get(_input: InputOf<typeof getNotificationPreferences>, context: HandlerContext) {
    return preferencesView(await this.em.fork().findOne(Preferences, userIdOf(context)));
  }
}
