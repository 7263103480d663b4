import { getPermissions, type InputOf } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Permission } from './permission.entity.ts';

@Injectable()
export class GetPermissionsHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(getPermissions)
  async get(_input: InputOf<typeof getPermissions>) {
    return this.em.fork().find(Permission, {}, { orderBy: { name: 'asc' } });
  }
}
