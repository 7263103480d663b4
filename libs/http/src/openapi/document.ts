import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { describeAccess } from './describe-access.ts';
import { type Operation, operations } from './operation.ts';
import { refusals, refusedOf } from './refused.ts';
import { bodyOf, parametersOf } from './request.ts';
import { securityOf, securitySchemes } from './security.ts';
import { simplify } from './simplify.ts';
import { successesOf } from './success.ts';
import { tagOf, tags } from './tags.ts';

const description = `Lend access without lending passwords.

Ids are UUIDv7. Times are RFC 3339: any offset is taken, UTC is answered. Unknown members of a body are refused.
Errors are RFC 9457 problems, matched by their \`code\`; under \`/oauth\` they follow RFC 6749 §5.2.
Lists answer a page and the cursor of the next, newest first unless they say otherwise.
Every answer carries \`X-Request-Id\`, the caller’s own where it sent one.`;

/** The gateway's API as OpenAPI 3.1, from the contracts. Paths and their methods stand in a stable order. */
export function openApiDocument(): object {
  const used = operations.map(({ http }) => tagOf(http.path));
  return createDocument(
    {
      openapi: '3.1.0',
      info: { title: 'Valetkey', version: '1', description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      tags: tags.filter(({ name }) => used.includes(name)),
      paths: pathsOf(operations),
      components: { securitySchemes, responses: refusals(operations) },
    },
    { override: simplify },
  );
}

function pathsOf(all: readonly Operation[]): ZodOpenApiPathsObject {
  const byPath = Map.groupBy(all.toSorted(inOrder), ({ http }) => http.path);
  const items = [...byPath].map(([path, those]) => [path, Object.fromEntries(those.map(methodOf))] as const);
  return Object.fromEntries(items);
}

const inOrder = (one: Operation, other: Operation) => keyOf(one).localeCompare(keyOf(other), 'en');
const keyOf = ({ http }: Operation) => `${http.path} ${http.method}`;

function methodOf(operation: Operation): [string, ZodOpenApiOperationObject] {
  const { id, summary, http } = operation;
  const requestParams = parametersOf(operation);
  const requestBody = bodyOf(operation);
  const shown: ZodOpenApiOperationObject = {
    operationId: id,
    summary,
    description: `For ${describeAccess(operation)}.`,
    tags: [tagOf(http.path)],
    security: securityOf(operation),
    ...(requestParams && { requestParams }),
    ...(requestBody && { requestBody }),
    responses: { ...successesOf(operation), ...refusedOf(operation) },
  };
  return [http.method.toLowerCase(), shown];
}
