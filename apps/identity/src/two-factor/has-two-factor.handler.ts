import { hasTwoFactor, type InputOf } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { enrolledAmong } from './is-enrolled.ts';

@Injectable()
export class HasTwoFactorHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(hasTwoFactor)
  async has({ userIds }: InputOf<typeof hasTwoFactor>) {
    const enrolled = await enrolledAmong(this.em.fork(), userIds);
    return { enrolled: userIds.map((userId) => enrolled.has(userId)) };
  }
}
