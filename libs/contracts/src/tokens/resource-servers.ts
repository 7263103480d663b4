import { z } from 'zod';
import { operator } from '../kernel/access.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { Id, line, Nothing, pageOf, pageQuery, partOf, Timestamp } from '../kernel/fields.ts';

/** Another team's service; its id is the `client_id` of its Basic credentials. */
export const ResourceServer = z
  .object({ id: Id, name: z.string(), createdAt: Timestamp })
  .meta({ id: 'ResourceServer' });

const path = '/v1/operator/resource-servers';
const secretShown = z.object({ resourceServer: ResourceServer, secret: z.string() });

export const registerResourceServer = defineCommand({
  subject: 'tokens.v1.resource-server.register',
  summary: 'Register a resource server; its secret is shown this once',
  input: z.strictObject({ name: line(1, 60) }),
  output: secretShown,
  errors: ['name_taken'],
  access: operator(),
  http: { method: 'POST', path, success: 201, creates: { member: 'resourceServer' } },
});

export const listResourceServers = defineQuery({
  subject: 'tokens.v1.resource-server.list',
  summary: 'Registered resource servers',
  input: z.strictObject({ query: partOf('name', 60), ...pageQuery }),
  output: pageOf(ResourceServer),
  errors: [],
  access: operator(),
  http: { method: 'GET', path, success: 200 },
});

export const rotateResourceServer = defineCommand({
  subject: 'tokens.v1.resource-server.rotate',
  summary: 'Give a resource server a new secret; the old one ends at once',
  input: z.strictObject({ resourceServerId: Id }),
  output: secretShown,
  errors: ['not_found'],
  access: operator(),
  http: { method: 'POST', path: `${path}/{resourceServerId}/rotate`, success: 200 },
});

export const deleteResourceServer = defineCommand({
  subject: 'tokens.v1.resource-server.delete',
  summary: 'Forget a resource server; its credentials end at once',
  input: z.strictObject({ resourceServerId: Id }),
  output: Nothing,
  errors: ['not_found'],
  access: operator(),
  http: { method: 'DELETE', path: `${path}/{resourceServerId}`, success: 204 },
});
