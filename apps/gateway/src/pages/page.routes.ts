import { Failure, openPage } from '@valetkey/contracts';
import { sendProblem } from '@valetkey/http';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { RouteArea } from '../http/route-area.ts';
import { routeUrl } from '../http/route-url.ts';
import { sendPage } from './page.ts';
import { preferredLanguage } from './preferred-language.ts';
import { verificationPage } from './verification.page.ts';

const pages = { verification: { en: verificationPage('en'), pt: verificationPage('pt') } };

/** The pages that mail links to. To look at one consumes nothing: mail scanners look at everything. */
@Injectable()
export class PageRoutes implements RouteArea {
  register(fastify: FastifyInstance): void {
    fastify.get(routeUrl(openPage), (request, reply) => {
      const wanted = openPage.input.safeParse(request.params);
      if (!wanted.success) return sendProblem(reply, new Failure('not_found'), request.id);
      const language = preferredLanguage(request.headers['accept-language']);
      return sendPage(reply.header('vary', 'Accept-Language'), pages[wanted.data.page][language]);
    });
  }
}
