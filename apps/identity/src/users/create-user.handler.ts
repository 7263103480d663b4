import { createUser, type InputOf } from '@valetkey/contracts';
import { hashPassword } from '@valetkey/credentials/passwords';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { isUniqueViolation } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { addUser } from './add-user.ts';
import { Email } from './email.entity.ts';

@Injectable()
export class CreateUserHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
  ) {}

  @Handles(createUser)
  async create({ password, ...person }: InputOf<typeof createUser>, context: HandlerContext) {
    const passwordHash = await hashPassword(password);
    try {
      return await this.outbox.transactional(context, async (tx) => {
        const userId = uuidv7({ msecs: tx.now.getTime() });
        const { version } = addUser(tx, { ...person, userId, passwordHash });
        return { userId, version };
      });
    } catch (error) {
      if (!isUniqueViolation(error, 'emails_verified_address')) throw error;
      const verified = { address: person.email, verifiedAt: { $ne: null } };
      const { user } = await this.em.fork().findOneOrFail(Email, verified, { populate: ['user'] });
      return { userId: user.id, version: user.version };
    }
  }
}
