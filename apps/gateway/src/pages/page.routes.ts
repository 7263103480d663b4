import { Failure, type Locale, openPage } from '@valetkey/contracts';
import { sendProblem } from '@valetkey/http';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RouteArea } from '../http/route-area.ts';
import { routeUrl } from '../http/route-url.ts';
import { accessLinkPage } from './access-link.page.ts';
import { homePage } from './home.page.ts';
import { invitationPage } from './invitation.page.ts';
import { type Page, sendPage } from './page.ts';
import { preferredLanguage } from './preferred-language.ts';
import { resetPage } from './reset.page.ts';
import { verificationPage } from './verification.page.ts';

const pages = {
  verification: inEveryLanguage(verificationPage),
  reset: inEveryLanguage(resetPage),
  invitation: inEveryLanguage(invitationPage),
  'access-link': inEveryLanguage(accessLinkPage),
};

const home = inEveryLanguage(homePage);

/** Made once: they differ for nobody. */
function inEveryLanguage(pageIn: (language: Locale) => Page): Record<Locale, Page> {
  return { en: pageIn('en'), pt: pageIn('pt') };
}

/** The pages that mails link to. To look at one consumes nothing: mail scanners look at everything. */
@Injectable()
export class PageRoutes implements RouteArea {
  register(fastify: FastifyInstance): void {
    fastify.get('/', (request, reply) => send(request, reply, home));
    fastify.get(routeUrl(openPage), (request, reply) => {
      const wanted = openPage.input.safeParse(request.params);
      if (!wanted.success) return sendProblem(reply, new Failure('not_found'), request.id);
      return send(request, reply, pages[wanted.data.page]);
    });
  }
}

/** In the language that the reader likes best. */
function send({ headers }: FastifyRequest, reply: FastifyReply, page: Record<Locale, Page>): FastifyReply {
  const language = preferredLanguage(headers['accept-language']);
  return sendPage(reply.header('vary', 'Accept-Language'), page[language]);
}
