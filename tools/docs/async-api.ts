import { type AccessEventDefinition, AccessEventEnvelope, accessEvents, subjectOf } from '@valetkey/contracts';
import { streams } from '@valetkey/messaging/topology';
import { z } from 'zod';

const description = `What happened to whom may use what: CloudEvents 1.0 in structured JSON, on the JetStream stream
\`${streams.access.name}\` of NATS, kept 400 days. The events of one entity come in the order of its changes, numbered by
\`sequence\`; between entities no order is promised. An event may come twice, with the same \`id\`. Payloads may grow:
ignore members that you do not know.`;

/** The access events as AsyncAPI 3.0, from the side of who subscribes to them. */
export function asyncApiDocument(): object {
  const events = accessEvents.toSorted((one, other) => one.type.localeCompare(other.type, 'en'));
  const of = <T>(make: (event: AccessEventDefinition) => T, prefix = '') =>
    Object.fromEntries(events.map((event) => [nameOf(event, prefix), make(event)]));
  return {
    asyncapi: '3.0.0',
    info: { title: 'Valetkey access events', version: '1', description, license: { name: 'Apache-2.0' } },
    defaultContentType: 'application/cloudevents+json',
    channels: of(channelOf),
    operations: of(operationOf, 'receive'),
    components: {
      messages: of(messageOf),
      parameters: { account: { description: 'The id of the account, or `platform` for what belongs to none' } },
      schemas: { AccessEvent: schemaOf(AccessEventEnvelope) },
    },
  };
}

/** `sessionEnded`, with a prefix `receiveSessionEnded`. */
function nameOf({ entity, action }: AccessEventDefinition, prefix = ''): string {
  const words = [...(prefix ? [prefix] : []), ...entity.split('-'), ...action.split('-')];
  return words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
}

function channelOf(event: AccessEventDefinition) {
  const name = nameOf(event);
  return {
    address: subjectOf(event, '{account}'),
    parameters: { account: { $ref: '#/components/parameters/account' } },
    messages: { [name]: { $ref: `#/components/messages/${name}` } },
  };
}

function operationOf(event: AccessEventDefinition) {
  const name = nameOf(event);
  return {
    action: 'receive',
    summary: event.summary,
    channel: { $ref: `#/channels/${name}` },
    messages: [{ $ref: `#/channels/${name}/messages/${name}` }],
  };
}

function messageOf(event: AccessEventDefinition) {
  return {
    name: event.type,
    summary: event.summary,
    ...(event.revokes && { description: 'Takes access away: drop what you keep of its subject before you go on.' }),
    tags: [{ name: event.entity }],
    payload: {
      allOf: [
        { $ref: '#/components/schemas/AccessEvent' },
        {
          type: 'object',
          properties: {
            type: { const: event.type },
            source: { const: `/services/${event.source}` },
            data: schemaOf(event.data),
          },
        },
      ],
    },
  };
}

/** JSON Schema draft 7, which AsyncAPI's own schemas extend, without what says nothing to a reader. */
function schemaOf(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'output',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === 'uuid' || jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return rest;
}
