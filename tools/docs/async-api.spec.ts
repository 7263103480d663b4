import { describe, expect, it } from '@jest/globals';
import specs from '@asyncapi/specs';
import { accessEvents } from '@valetkey/contracts';
import { Ajv } from 'ajv';
import { z } from 'zod';
import { asyncApiDocument } from './async-api.ts';

const Document = z.looseObject({
  channels: z.record(z.string(), z.object({ address: z.string(), parameters: z.unknown(), messages: z.unknown() })),
  operations: z.record(z.string(), z.looseObject({ action: z.literal('receive') })),
});
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

const ended = {
  specversion: '1.0',
  id: '0197a5a0-0000-7000-8000-000000000001',
  type: 'dev.valetkey.session.ended.v1',
  source: '/services/tokens',
  subject: '0197a5a0-0000-7000-8000-000000000002',
  time: '2026-03-01T12:00:00.000Z',
  datacontenttype: 'application/json',
  actor: 'user:0197a5a0-0000-7000-8000-000000000003',
  requestid: 'a',
  correlationid: 'a',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  sequence: 2,
  data: { kind: 'login_token', subject: { type: 'login-token', id: 'b' }, reason: 'credential-deleted' },
};

describe('The AsyncAPI document', () => {
  it('is valid AsyncAPI 3.0', () => {
    expect(ajv.validate(specs.schemasWithoutId['3.0.0'], asyncApiDocument()) ? [] : ajv.errors).toEqual([]);
  });

  it('shows every access event once, for those who receive them', () => {
    const { channels, operations } = Document.parse(asyncApiDocument());
    const addresses = Object.values(channels).map(({ address }) => address);
    expect(addresses.sort()).toEqual(
      accessEvents.map(({ entity, action }) => `access.v1.{account}.${entity}.${action}`).sort(),
    );
    expect(Object.keys(operations)).toHaveLength(accessEvents.length);
  });

  it('describes events as they are sent', () => {
    ajv.addSchema(asyncApiDocument(), 'asyncapi', undefined, false);
    const accepts = ajv.compile({ $ref: 'asyncapi#/components/messages/sessionEnded/payload' });
    expect(accepts(ended)).toBe(true);
    expect(accepts({ ...ended, type: 'dev.valetkey.session.opened.v1' })).toBe(false);
    expect(accepts({ ...ended, data: { ...ended.data, reason: 'boredom' } })).toBe(false);
    expect(accepts({ ...ended, later: 'a member of tomorrow' })).toBe(true);
  });
});
