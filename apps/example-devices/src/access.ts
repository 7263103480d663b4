import { type AccessEventsConnection, closeAccessEvents } from '@valetkey/access-events';
import {
  AccessGuard,
  type ActiveIntrospection,
  type EndOfAccess,
  IntrospectionFailedError,
} from '@valetkey/access-guard';
import { Failure } from '@valetkey/contracts';
import { Health, Logger, Metrics } from '@valetkey/observability';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ACCESS_EVENTS } from './guard.providers.ts';

/** A request that may see or do something. */
export interface Admitted {
  /** Whose devices: those of the organization that the session stands in, or of its account. */
  place: string;
}

/** Who may do what here, as Valetkey says. */
@Injectable()
export class Access implements OnApplicationShutdown {
  constructor(
    private readonly guard: AccessGuard,
    @Inject(ACCESS_EVENTS) private readonly connection: AccessEventsConnection,
    private readonly logger: Logger,
    metrics: Metrics,
    health: Health,
  ) {
    metrics.tellTrust(() => guard.trusted);
    health.register('access-events', () => {
      if (!guard.trusted) throw new Error('access events are not heard: the gateway is asked about each request');
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.guard.close();
    await closeAccessEvents(this.connection);
  }

  /** Admits a request whose credential is good and has the permission. Answered from memory until an event touches it. */
  async admit(request: FastifyRequest, permission: string): Promise<Admitted | Failure> {
    const token = bearerOf(request);
    if (token === undefined) return new Failure('unauthenticated');
    try {
      const access = await this.guard.verify(token, { clientAddress: request.ip });
      return access.active ? admittedBy(access, permission) : new Failure('unauthenticated');
    } catch (error) {
      if (!(error instanceof IntrospectionFailedError)) throw error;
      this.logger.warn({ err: error, requestId: request.id }, 'refused, since nobody can say whether it is good');
      return new Failure('unavailable');
    }
  }

  /** Says why, the moment an admitted request may be there no more. Call what it answers when the stream closes. */
  watch(request: FastifyRequest, permission: string, place: string, onEnd: (reason: string) => void): () => void {
    const refusalOf = (access: ActiveIntrospection) => {
      const admitted = admittedBy(access, permission);
      if (admitted instanceof Failure) return admitted.code;
      return admitted.place === place ? undefined : 'moved';
    };
    const end = (ended: EndOfAccess) =>
      onEnd(ended.reason === 'refused' ? (refusalOf(ended.access) ?? ended.reason) : ended.reason);
    const admits = (access: ActiveIntrospection) => refusalOf(access) === undefined;
    return this.guard.watch(bearerOf(request) ?? '', end, { clientAddress: request.ip, admits });
  }
}

/** What a good credential gives where it stands, if it has the permission. */
function admittedBy(access: ActiveIntrospection, permission: string): Admitted | Failure {
  const place = access.organization_id ?? access.account_id;
  if (place === undefined) return new Failure('no_account');
  return access.scope.split(' ').includes(permission) ? { place } : new Failure('missing_permission');
}

/** RFC 6750 §2.1: in the header and nowhere else. */
function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}
