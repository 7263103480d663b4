import { hash } from 'node:crypto';
import { Failure, Id, verifyResourceServer } from '@valetkey/contracts';
import { checkSecret, hashSecret } from '@valetkey/credentials';
import { Bus, insist } from '@valetkey/messaging';
import { Injectable } from '@nestjs/common';
import { orFailure } from '../credentials/or-failure.ts';
import { LiveTrust } from '../credentials/live-trust.ts';
import { ownContext } from '../credentials/own-context.ts';

/** Authenticates resource servers by `client_secret_basic` (RFC 6749 §2.3.1). */
@Injectable()
export class ResourceServerAuthenticator {
  private readonly known;

  constructor(
    private readonly bus: Bus,
    trust: LiveTrust,
  ) {
    this.known = trust.cache<{ id: string } | null>('resource-servers');
  }

  /** The client's id, at once, if it is kept. */
  kept(authorization: string | undefined): string | undefined {
    return authorization === undefined ? undefined : this.known.kept(keyOf(authorization))?.id;
  }

  /** The client's id, nothing for bad credentials, a failure when nobody can say. */
  async authenticate(authorization: string | undefined): Promise<string | Failure | undefined> {
    if (!authorization) return undefined;
    const server = await orFailure(
      this.known.get(keyOf(authorization), async () => {
        const answer = await this.ask(authorization);
        return { answer, tags: answer ? [`resource-server:${answer.id}`] : [] };
      }),
    );
    return server instanceof Failure ? server : server?.id;
  }

  private async ask(authorization: string): Promise<{ id: string } | null> {
    const credentials = basicCredentials(authorization);
    const { data: id } = Id.safeParse(credentials?.id);
    if (!credentials || id === undefined || !checkSecret(credentials.secret, 'vkx')) return null;
    const input = { clientId: id, secretHash: hashSecret(credentials.secret) };
    const answer = insist(verifyResourceServer, await this.bus.ask(verifyResourceServer, input, ownContext()));
    return answer.valid ? { id } : null;
  }
}

/** Secrets are not kept, not even in memory. */
function keyOf(authorization: string): string {
  return hash('sha256', authorization, 'base64url');
}

/** Both parts are form-encoded before they are joined (RFC 6749 §2.3.1). */
function basicCredentials(authorization: string): { id: string; secret: string } | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  const [id, secret] = [text.slice(0, colon), text.slice(colon + 1)].map(formDecode);
  return id !== undefined && secret !== undefined ? { id, secret } : undefined;
}

function formDecode(part: string): string | undefined {
  return new URLSearchParams(`part=${part.replaceAll('&', '%26')}`).get('part') ?? undefined;
}
