import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { RouteArea } from '../http/route-area.ts';
import { type Page, sendPage } from '../pages/page.ts';

interface Docs {
  /** OpenAPI 3.1 as JSON. */
  json: string;
  page: Page;
}

/** The API described: for tools, and for people. Made for the first who asks, since most gateways are never asked. */
@Injectable()
export class DocsRoutes implements RouteArea {
  private made?: Promise<Docs>;

  register(fastify: FastifyInstance): void {
    fastify.get('/openapi.json', async (_request, reply) => {
      const { json } = await this.docs();
      return reply.type('application/json').send(json);
    });
    fastify.get('/docs', async (_request, reply) => sendPage(reply, (await this.docs()).page));
  }

  private docs(): Promise<Docs> {
    this.made ??= makeDocs();
    return this.made;
  }
}

async function makeDocs(): Promise<Docs> {
  const [{ openApiDocument }, { docsPage }] = await Promise.all([
    import('@valetkey/http/openapi'),
    import('./docs.page.ts'),
  ]);
  const document = openApiDocument();
  return { json: JSON.stringify(document), page: docsPage(document) };
}
