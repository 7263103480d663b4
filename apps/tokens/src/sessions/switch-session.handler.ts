import {
  chooseStanding,
  type Caller,
  fail,
  Failure,
  type InputOf,
  sessionEntered,
  sessionLeft,
  sessionOrganizationChanged,
  switchSession,
} from '@valetkey/contracts';
import { Bus, EarlyAnswer, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { LockMode } from '@mikro-orm/postgresql';
import { findCredential } from './find-credential.ts';
import { Session } from './session.entity.ts';
import { sessionFacts } from './session-facts.ts';

interface Place {
  accountId: string;
  organizationId?: string;
}

@Injectable()
export class SwitchSessionHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
  ) {}

  @Handles(switchSession)
  async switch(to: InputOf<typeof switchSession>, context: HandlerContext) {
    const { caller } = context;
    if (!caller?.sessionId) return fail(switchSession, 'not_found');
    const place = await this.choose(to, caller, context);
    if (!place) return fail(switchSession, 'not_found');
    const { sessionId } = caller;
    return this.outbox.transactional(context, async (tx) => {
      const session = await tx.em.findOne(
        Session,
        { id: sessionId, endedAt: null },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      if (!session) return fail(switchSession, 'not_found');
      move(tx, session, place);
      return (await findCredential(tx.em, session.id, tx.now)) ?? fail(switchSession, 'not_found');
    });
  }

  /** Only a portal session may change its account: what is lent stays where it was lent. */
  private async choose(
    { accountId, organizationId }: InputOf<typeof switchSession>,
    caller: Caller,
    context: HandlerContext,
  ): Promise<Place | undefined> {
    const wanted = accountId ?? caller.accountId;
    if (caller.kind !== 'portal' && wanted !== caller.accountId) return undefined;
    const grant = caller.grants[0];
    const holder = caller.subject.type === 'user' ? { userId: caller.subject.id } : grant && { grant };
    if (!holder || !wanted) return undefined;
    const place = await this.bus.ask(chooseStanding, { holder, accountId: wanted, organizationId }, context);
    if (!(place instanceof Failure)) return place;
    if (place.code === 'not_found') return undefined;
    throw new EarlyAnswer(place);
  }
}

function move(tx: Transaction, session: Session, { accountId, organizationId }: Place): void {
  const before = { accountId: session.accountId ?? undefined, organizationId: session.organizationId ?? undefined };
  session.accountId = accountId;
  session.organizationId = organizationId ?? null;
  const facts = sessionFacts(session);
  const told = () => ({ id: session.id, sequence: (session.version += 1) });
  if (before.accountId !== accountId) {
    if (before.accountId) tx.emit(sessionLeft, { ...told(), accountId: before.accountId, data: facts });
    tx.emit(sessionEntered, { ...told(), accountId, data: { ...facts, organizationId } });
  } else if (before.organizationId !== organizationId) {
    const data = { ...facts, from: before.organizationId, to: organizationId };
    tx.emit(sessionOrganizationChanged, { ...told(), accountId, data });
  }
}
