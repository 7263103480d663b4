import { describe, expect, it } from '@jest/globals';
import { contracts, gatewayRoutes } from '@valetkey/contracts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { z } from 'zod';
import { openApiDocument } from './document.ts';

const Shown = z.looseObject({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(z.looseObject({ in: z.string(), name: z.string() })).default([]),
  requestBody: z.looseObject({ content: z.record(z.string(), z.unknown()) }).optional(),
  responses: z.record(z.string(), z.looseObject({ headers: z.record(z.string(), z.unknown()).optional() })),
});
const Document = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), Shown)) });

const { paths } = Document.parse(openApiDocument());
const shown = Object.entries(paths).flatMap(([path, item]) => {
  return Object.entries(item).map(([method, operation]) => ({
    route: `${method.toUpperCase()} ${path}`,
    ...operation,
  }));
});

function operation(route: string) {
  const found = shown.find((one) => one.route === route);
  if (!found) throw new Error(`${route} is not in the document`);
  return found;
}

describe('The OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone({ ...openApiDocument() }));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it('shows every public contract and every route of the gateway once', () => {
    const bindings = [...contracts, ...gatewayRoutes].flatMap(({ http }) => http ?? []);
    expect(shown.map(({ route }) => route).sort()).toEqual(
      bindings.map(({ method, path }) => `${method} ${path}`).sort(),
    );
    expect(new Set(shown.map(({ operationId }) => operationId)).size).toBe(shown.length);
  });

  it('takes path parameters out of the input, and the rest as query or body', () => {
    const { parameters, requestBody } = operation('GET /v1/accounts/{accountId}/login-tokens');
    const places = Map.groupBy(parameters, (one) => one.in);
    expect(places.get('path')?.map(({ name }) => name)).toEqual(['accountId']);
    expect(places.get('query')?.map(({ name }) => name)).toEqual(['status', 'query', 'limit', 'cursor']);
    expect(requestBody).toBeUndefined();
    expect(operation('POST /v1/accounts/{accountId}/login-tokens').requestBody?.content).toMatchObject({
      'application/json': { schema: { required: ['name', 'type'], additionalProperties: false } },
    });
  });

  it('shows a body that is one member of the input as that member', () => {
    const { requestBody } = operation('PUT /v1/operator/permissions');
    expect(requestBody?.content).toMatchObject({ 'application/json': { schema: { type: 'array' } } });
  });

  it('shows the revision of a resource as its ETag, and If-Match where a change may come too late', () => {
    const path = '/v1/accounts/{accountId}/login-tokens/{loginTokenId}';
    const loginToken = { content: { 'application/json': { schema: { $ref: '#/components/schemas/LoginToken' } } } };
    const { parameters, responses } = operation(`PATCH ${path}`);
    expect(parameters.map(({ name }) => name)).toContain('If-Match');
    for (const answer of [responses['200'], operation(`GET ${path}`).responses['200']]) {
      expect(answer).toMatchObject(loginToken);
      expect(Object.keys(answer?.headers ?? {})).toEqual(['ETag']);
    }
  });

  it('says of what makes a resource where it is, and that a repeated request answers without the secret', () => {
    const { parameters, responses } = operation('POST /v1/accounts/{accountId}/login-tokens');
    expect(parameters.map(({ name }) => name)).toContain('Idempotency-Key');
    expect(Object.keys(responses['201']?.headers ?? {})).toEqual(['Location']);
    expect(operation('POST /v1/operator/resource-servers').responses['201']).not.toHaveProperty('headers');
    expect(JSON.stringify(responses['201'])).toContain('"secret"');
    expect(JSON.stringify(responses['200'])).not.toContain('"secret"');
  });

  it('shows both answers of a sign-in', () => {
    const { responses } = operation('POST /v1/sessions');
    const schemas = ['201', '202'].map((status) => JSON.stringify(responses[status]));
    expect(schemas).toEqual([expect.stringContaining('/SessionOpened'), expect.stringContaining('/SignInChallenge')]);
  });

  it('shows what a dry run answers beside what is answered in earnest, and an ETag for that alone', () => {
    const { responses } = operation('PATCH /v1/accounts/{accountId}/organizations/{organizationId}');
    expect(responses['200']).toMatchObject({
      description: expect.stringMatching(/^Done\. In a dry run/),
      headers: { ETag: { description: 'The revision, for If-Match' } },
      content: {
        'application/json': { schema: { anyOf: [{ $ref: expect.any(String) }, { $ref: expect.any(String) }] } },
      },
    });
    expect(responses['200']?.headers).not.toMatchObject({ ETag: { required: true } });
    const deleted = operation('DELETE /v1/accounts/{accountId}/organizations/{organizationId}').responses;
    expect(deleted).toMatchObject({
      '200': { description: expect.stringMatching(/^In a dry run/) },
      '204': { description: 'Done' },
    });
  });

  it('says of every parameter what it is', () => {
    const described = z.looseObject({ name: z.string(), description: z.string().min(1) });
    for (const { route, parameters } of shown)
      for (const parameter of parameters)
        expect({ route, parameter, said: described.safeParse(parameter).success }).toMatchObject({ said: true });
  });

  it('shows a DELETE that proves something with a body, and nothing of it in the query', () => {
    const { parameters, requestBody } = operation('DELETE /v1/users/me/two-factor');
    expect(parameters).toEqual([]);
    expect(requestBody?.content).toMatchObject({
      'application/json': { schema: { required: ['currentPassword'], additionalProperties: false } },
    });
  });

  it('names the credential that each operation takes', () => {
    expect(operation('POST /v1/sessions').security).toEqual([]);
    expect(operation('GET /v1/session').security).toEqual([{ bearer: [] }, { cookie: [] }]);
    const forwarded = [{ bearer: [] }, { cookie: [] }, { forwardedCookie: [] }];
    expect(operation('GET /v1/forward-auth').security).toEqual(forwarded);
    expect(operation('POST /oauth/introspect').security).toEqual([{ basic: [] }]);
  });

  it('answers a forward-auth with headers alone, and an export line by line', () => {
    const answer = operation('GET /v1/forward-auth').responses['200'];
    expect(answer).not.toHaveProperty('content');
    expect(Object.keys(answer?.headers ?? {})).toHaveLength(6);
    expect(operation('GET /v1/accounts/{accountId}/audit/export').responses['200']).toMatchObject({
      content: { 'application/x-ndjson': { schema: { $ref: '#/components/schemas/StoredAuditEntry' } } },
    });
  });
});
