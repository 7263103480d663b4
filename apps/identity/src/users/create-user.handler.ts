import { createUser, emailVerified, type InputOf, userRegistered } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { isUniqueViolation } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { hashPassword } from '../passwords/password-hash.ts';
import { Email } from './email.entity.ts';
import { User } from './user.entity.ts';

@Injectable()
export class CreateUserHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
  ) {}

  @Handles(createUser)
  async create(input: InputOf<typeof createUser>, context: HandlerContext) {
    const passwordHash = await hashPassword(input.password);
    try {
      return await this.outbox.transactional(context, async (tx) => register(tx, input, passwordHash));
    } catch (error) {
      if (!isUniqueViolation(error, 'emails_verified_address')) throw error;
      const { user } = await this.em.fork().findOneOrFail(Email, verified(input.email), { populate: ['user'] });
      return { userId: user.id, version: user.version };
    }
  }
}

function verified(address: string) {
  return { address, verifiedAt: { $ne: null } };
}

async function register({ em, now, emit }: Transaction, input: InputOf<typeof createUser>, passwordHash: string) {
  const { email: address, name, locale } = input;
  const id = uuidv7({ msecs: now.getTime() });
  const user = em.create(User, { id, version: 2, name, locale, passwordHash, createdAt: now });
  const emailId = uuidv7({ msecs: now.getTime() });
  em.persist([user, em.create(Email, { id: emailId, user, address, isPrimary: true, verifiedAt: now, createdAt: now })]);
  await em.flush();
  emit(userRegistered, { id, sequence: 1, data: { name } });
  emit(emailVerified, { id, sequence: 2, data: { emailId } });
  return { userId: id, version: user.version };
}
