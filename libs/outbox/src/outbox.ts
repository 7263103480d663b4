import { Failure } from '@valetkey/contracts';
import { EarlyAnswer, type HandlerContext, RelaySignals } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { keepAnswer, refuseOrReplay } from './idempotency.ts';
import { againAfterDeadlock } from './again-after-deadlock.ts';
import { insertRows } from './insert-rows.ts';
import { SERVICE_NAME } from './service-name.ts';
import { Transaction } from './transaction.ts';

/** Leaves the transaction of a refused work, so that it rolls back. */
class RolledBack extends Error {}

/** Changes state and tells it, in one transaction. */
@Injectable()
export class Outbox {
  constructor(
    private readonly em: EntityManager,
    private readonly signals: RelaySignals,
    private readonly clock: Clock,
    @Inject(SERVICE_NAME) private readonly service: string,
  ) {}

  /**
   * Runs the work in a transaction with its events, noting in the reply what they touch. A returned failure rolls back.
   * When an event takes access away it resolves only after the event's PubAck; without one it leaves with
   * `revocation_pending`, the change standing. With an idempotency key in the context, a repeated request is
   * answered from what was kept.
   */
  async transactional<T>(context: HandlerContext, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const { done, tx } = await againAfterDeadlock(() => this.commit(context, work));
    if (done instanceof Failure) return done;
    context.reply.touched.push(...tx.touched);
    const kinds = new Set(tx.rows.map(({ kind }) => kind));
    // Events that are waited for are flushed.
    if (tx.takesAway) kinds.delete('event');
    for (const kind of kinds) this.signals.poke(kind);
    if (tx.takesAway) await this.flush();
    return done;
  }

  private async commit<T>(
    context: HandlerContext,
    work: (tx: Transaction) => Promise<T>,
  ): Promise<{ done: T; tx: Transaction }> {
    let outcome: { done: T; tx: Transaction } | undefined;
    try {
      await this.em.fork().transactional(async (em) => {
        const tx = new Transaction(em, this.clock.now(), this.service, context);
        outcome = { done: await runOnce(context, tx, work), tx };
        if (outcome.done instanceof Failure) throw new RolledBack();
        await em.flush();
        await insertRows(em, tx);
      });
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error;
    }
    if (!outcome) throw new Error('The transaction ended without its work');
    return outcome;
  }

  private async flush(): Promise<void> {
    if (await this.signals.flush()) return;
    throw new EarlyAnswer(new Failure('revocation_pending', { retryAfter: 1 }));
  }
}

async function runOnce<T>(
  { idempotency }: HandlerContext,
  tx: Transaction,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  if (!idempotency) return work(tx);
  await refuseOrReplay(tx, idempotency);
  const done = await work(tx);
  if (typeof done === 'object' && done !== null && !(done instanceof Failure)) await keepAnswer(tx, idempotency, done);
  return done;
}
