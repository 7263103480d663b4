import {
  deleteResourceServer,
  fail,
  Id,
  type InputOf,
  listResourceServers,
  registerResourceServer,
  resourceServerDeleted,
  resourceServerRegistered,
  resourceServerRotated,
  rotateResourceServer,
  verifyResourceServer,
} from '@valetkey/contracts';
import { hashSecret, makeSecret } from '@valetkey/credentials';
import { Finds, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { isUniqueViolation, pageOfRows } from '@valetkey/persistence';
import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { findResourceServers } from './find-resource-servers.ts';
import { ResourceServer } from './resource-server.entity.ts';

@Injectable()
export class ResourceServersHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
  ) {}

  @Handles(registerResourceServer)
  async register({ name }: InputOf<typeof registerResourceServer>, context: HandlerContext) {
    const secret = makeSecret('vkx');
    try {
      return await this.outbox.transactional(context, async ({ em, now, emit }) => {
        const id = uuidv7({ msecs: now.getTime() });
        const row = { id, name, secretHash: hashSecret(secret), version: 1, createdAt: now };
        const server = em.create(ResourceServer, row, { persist: true });
        await em.flush();
        emit(resourceServerRegistered, { id, sequence: 1, data: { name } });
        return { resourceServer: toView(server), secret };
      });
    } catch (error) {
      if (isUniqueViolation(error, 'resource_servers_name')) return fail(registerResourceServer, 'name_taken');
      throw error;
    }
  }

  @Handles(listResourceServers)
  async list(input: InputOf<typeof listResourceServers>) {
    return pageOfRows(await findResourceServers(this.em.fork(), input), input.limit, toView);
  }

  @Handles(rotateResourceServer)
  async rotate({ resourceServerId: id }: InputOf<typeof rotateResourceServer>, context: HandlerContext) {
    const secret = makeSecret('vkx');
    return this.outbox.transactional(context, async ({ em, emit }) => {
      const server = await em.findOne(ResourceServer, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!server) return fail(rotateResourceServer, 'not_found');
      server.secretHash = hashSecret(secret);
      server.version += 1;
      emit(resourceServerRotated, { id, sequence: server.version, data: { name: server.name } });
      return { resourceServer: toView(server), secret };
    });
  }

  @Handles(deleteResourceServer)
  async delete({ resourceServerId: id }: InputOf<typeof deleteResourceServer>, context: HandlerContext) {
    return this.outbox.transactional(context, async ({ em, emit }) => {
      const server = await em.findOne(ResourceServer, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!server) return fail(deleteResourceServer, 'not_found');
      em.remove(server);
      emit(resourceServerDeleted, { id, sequence: server.version + 1, data: { name: server.name } });
      return {};
    });
  }

  @Finds(rotateResourceServer, deleteResourceServer)
  async exists(input: Record<string, unknown>) {
    return (await this.em.fork().count(ResourceServer, { id: Id.parse(input['resourceServerId']) })) === 1;
  }

  @Handles(verifyResourceServer)
  async verify({ clientId: id, secretHash }: InputOf<typeof verifyResourceServer>) {
    return { valid: (await this.em.fork().count(ResourceServer, { id, secretHash })) === 1 };
  }
}

function toView({ id, name, createdAt }: Pick<ResourceServer, 'id' | 'name' | 'createdAt'>) {
  return { id, name, createdAt: createdAt.toISOString() };
}
