import { type InputOf, keepProfile } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { keepNewer } from './keep-newer.ts';

@Injectable()
export class KeepProfileHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(keepProfile)
  async keep(profile: InputOf<typeof keepProfile>) {
    await keepNewer(this.em.fork(), profile);
    return {};
  }
}
