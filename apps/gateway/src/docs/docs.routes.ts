import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { RouteArea } from '../http/route-area.ts';
import { sendPage } from '../pages/page.ts';
import type { Docs } from './make-docs.ts';

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
    this.made ??= import('./make-docs.ts').then(({ makeDocs }) => makeDocs());
    return this.made;
  }
}
