import { Readable } from 'node:stream';
import {
  exportAudit,
  Failure,
  listAudit,
  listStoredAudit,
  type RequestContext,
  type StoredAuditEntry,
} from '@valetkey/contracts';
import { inputOf, partsOf, sendProblem } from '@valetkey/http';
import { authorize, Replayed } from '@valetkey/messaging';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Authenticator } from '../credentials/authenticator.ts';
import type { RouteArea } from '../http/route-area.ts';
import { routeUrl } from '../http/route-url.ts';
import { ContractCaller } from './contract-caller.ts';

/** Half of what a list may have: with the events themselves a page is twice as long. */
const PAGE = 50;

/** What the list takes and the export, which is all of it, does not. */
const pageMembers = ['limit', 'cursor'] as const;

/** The audit trail as NDJSON, one entry a line, newest first, page after page as fast as the client reads. */
@Injectable()
export class AuditExportRoutes implements RouteArea {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly caller: ContractCaller,
  ) {}

  register(fastify: FastifyInstance): void {
    fastify.get(routeUrl(exportAudit), (request, reply) => this.export(request, reply));
  }

  private async export(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const verified = await this.authenticator.authenticate(request);
    if (verified instanceof Failure) return sendProblem(reply, verified, request.id);
    const context = this.caller.contextOf(request, verified);
    const refusal = authorize(listStoredAudit, context, Reflect.get(Object(request.params), 'accountId'));
    if (refusal) return sendProblem(reply, refusal, request.id);
    const given = inputOf(listAudit, partsOf(request));
    if (given instanceof Failure) return sendProblem(reply, given, request.id);
    const pages = pageMembers.filter((member) => member in given);
    if (pages.length > 0) return sendProblem(reply, notKnown(pages), request.id);
    const input = { ...given, limit: PAGE };
    const first = await this.page(input, undefined, context);
    if (first instanceof Failure) return sendProblem(reply, first, request.id);
    const lines = Readable.from(this.lines(first, input, context));
    return reply
      .type('application/x-ndjson')
      .header('content-disposition', 'attachment; filename="audit.ndjson"')
      .send(lines);
  }

  private async *lines(first: Page, input: object, context: RequestContext): AsyncGenerator<string> {
    for (let page = first; ;) {
      for (const entry of page.items) yield `${JSON.stringify(entry)}\n`;
      if (page.nextCursor === null) return;
      const next = await this.page(input, page.nextCursor, context);
      // A body that breaks off tells the client that the export is not whole.
      if (next instanceof Failure) throw new Error(`The export broke off: ${next.code}`);
      page = next;
    }
  }

  private async page(input: object, cursor: string | undefined, context: RequestContext): Promise<Page | Failure> {
    const answer = await this.caller.call(listStoredAudit, { ...input, cursor }, context);
    return answer instanceof Replayed ? new Failure('internal') : answer;
  }
}

interface Page {
  items: StoredAuditEntry[];
  nextCursor: string | null;
}

function notKnown(members: readonly string[]): Failure {
  return new Failure('malformed', {
    errors: members.map((member) => ({ pointer: `/${member}`, detail: 'is not a known field' })),
  });
}
