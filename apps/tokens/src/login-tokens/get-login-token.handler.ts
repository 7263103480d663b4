import {
  deleteLoginToken,
  endLoginTokenSessions,
  fail,
  getLoginToken,
  Id,
  type InputOf,
  listLoginTokenSessions,
  rotateLoginToken,
  updateLoginToken,
} from '@valetkey/contracts';
import { Finds, Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { loginTokenExists } from './login-token-exists.ts';
import { findLoginToken } from './login-token-view.ts';

const Path = z.object({ accountId: Id, loginTokenId: Id });

@Injectable()
export class GetLoginTokenHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(getLoginToken)
  async get({ accountId, loginTokenId }: InputOf<typeof getLoginToken>) {
    const token = await findLoginToken({ em: this.em.fork(), now: this.clock.now() }, accountId, loginTokenId);
    return token ?? fail(getLoginToken, 'not_found');
  }

  @Finds(updateLoginToken, rotateLoginToken, deleteLoginToken, listLoginTokenSessions, endLoginTokenSessions)
  async exists(input: Record<string, unknown>) {
    const { accountId, loginTokenId } = Path.parse(input);
    return loginTokenExists(this.em.fork(), accountId, loginTokenId);
  }
}
