import { defineEntity, p } from '@mikro-orm/postgresql';

const ResourceServerSchema = defineEntity({
  name: 'ResourceServer',
  tableName: 'resource_servers',
  properties: {
    id: p.uuid().primary(),
    name: p.string(),
    secretHash: p.string(),
    version: p.integer(),
    createdAt: p.datetime(),
  },
});

export class ResourceServer extends ResourceServerSchema.class {}
ResourceServerSchema.setClass(ResourceServer);
