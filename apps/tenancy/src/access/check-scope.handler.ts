import { checkScope, type InputOf } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { accountOfScope } from './account-of-scope.ts';

@Injectable()
export class CheckScopeHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(checkScope)
  async check({ accountId, scope }: InputOf<typeof checkScope>) {
    return { exists: (await accountOfScope(this.em.fork(), scope)) === accountId };
  }
}
