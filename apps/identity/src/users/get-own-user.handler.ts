import { getOwnUser, type InputOf } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { userView } from './user-view.ts';
import { userIdOf } from './user-id-of.ts';
import { User } from './user.entity.ts';

@Injectable()
export class GetOwnUserHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(getOwnUser)
  async get(_input: InputOf<typeof getOwnUser>, context: HandlerContext) {
    const em = this.em.fork();
    return userView(em, await em.findOneOrFail(User, userIdOf(context)));
  }
}
