import { type InputOf, openAccount } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { keepNewer } from '../profiles/keep-newer.ts';
import { insertAccount } from './insert-account.ts';

@Injectable()
export class OpenAccountHandler {
  constructor(private readonly outbox: Outbox) {}

  /** Whoever comes second waits for the first and finds the account open. */
  @Handles(openAccount)
  async open({ accountId, accountName: name, owner }: InputOf<typeof openAccount>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      // What is told of the owner is as true of an account that is open already.
      await keepNewer(tx.em, owner);
      await insertAccount(tx, { accountId, name, ownerId: owner.userId });
      return {};
    });
  }
}
