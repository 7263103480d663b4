import { z } from 'zod';

const Schema = z.unknown();
const Content = z.record(z.string(), z.object({ schema: Schema }));
const Response = z.object({ description: z.string(), content: Content.optional() });
const Reference = z.object({ $ref: z.string() });
const Parameter = z.object({
  in: z.string(),
  name: z.string(),
  required: z.boolean().default(false),
  description: z.string().default(''),
});

const Operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  parameters: z.array(Parameter).default([]),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.union([Reference, Response])),
});

/** What the page shows of an OpenAPI document. */
export const ShownDocument = z.object({
  info: z.object({ title: z.string(), description: z.string() }),
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), Schema), responses: z.record(z.string(), Response) }),
});
export type ShownDocument = z.infer<typeof ShownDocument>;
export type ShownOperation = z.infer<typeof Operation>;
export type ShownContent = z.infer<typeof Content>;
export type ShownResponse = z.infer<typeof Response>;

/** A response itself, or the one that it refers to. */
export function responseOf(
  { components }: ShownDocument,
  response: z.infer<typeof Reference> | ShownResponse,
): ShownResponse {
  if (!('$ref' in response)) return response;
  const name = response.$ref.slice(response.$ref.lastIndexOf('/') + 1);
  return components.responses[name] ?? { description: name };
}
