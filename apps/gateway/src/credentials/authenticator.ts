import { Failure } from '@valetkey/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { GATEWAY_CONFIG } from '../gateway-config.token.ts';
import type { GatewayConfig } from '../gateway.config.ts';
import { clientAddress } from '../http/client-address.ts';
import { publicUrl } from '../public-url.ts';
import { type AskedFor, CredentialStore } from './credential-store.ts';
import { isCrossSite, secretOfRequest } from './request-secret.ts';
import { Uses } from './uses.ts';
import type { Verified } from './verified.ts';

/** Finds out who asks. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly store: CredentialStore,
    private readonly uses: Uses,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  /** The live credential of a request, its use noted; `unauthenticated` for none or a bad one, then `cross_site`. */
  async authenticate(
    request: FastifyRequest,
    { forwarded }: Pick<AskedFor, 'forwarded'> = {},
  ): Promise<Verified | Failure> {
    const given = secretOfRequest(request, forwarded);
    if (!given) return new Failure('unauthenticated');
    const address = clientAddress(request);
    const asked = { address, forwarded };
    const verified = this.store.kept(given.secret, asked) ?? (await this.store.verify(given.secret, asked));
    if (verified instanceof Failure) return verified;
    if (!verified) return new Failure('unauthenticated');
    // Who is only looked at does nothing, whatever page they come from and by whichever method.
    if (given.by === 'cookie' && !forwarded && isCrossSite(request, new URL(publicUrl(this.config)).origin))
      return new Failure('cross_site');
    this.uses.note(verified.state, address);
    return verified;
  }
}
