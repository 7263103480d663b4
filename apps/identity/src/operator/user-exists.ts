import { Id, lockUser, resetTwoFactorAsOperator, unlockUser } from '@valetkey/contracts';
import { Finds } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { User } from '../users/user.entity.ts';

/** Whether the user that an operator names is there. */
@Injectable()
export class UserExists {
  constructor(private readonly em: EntityManager) {}

  @Finds(lockUser, unlockUser, resetTwoFactorAsOperator)
  async exists(input: Record<string, unknown>): Promise<boolean> {
    return (await this.em.fork().count(User, { id: Id.parse(input['userId']) })) > 0;
  }
}
