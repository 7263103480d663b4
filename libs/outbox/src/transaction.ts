import {
  type AccessEventDefinition,
  type AccessEventEnvelope,
  type AskOf,
  type Attribution,
  attributionOf,
  type Contract,
  type PartyReference,
  type RequestContext,
  subjectOf,
} from '@valetkey/contracts';
import type { SqlValue } from '@valetkey/persistence';
import type { EntityManager, EntityName } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { OutboxRow } from './insert-rows.ts';

export interface EventFacts<Data> {
  /** The entity's id. */
  id: string;
  /** The tenant, or absent for the platform's own. */
  accountId?: string;
  /** The entity's version, grown by the change. */
  sequence: number;
  data: Data;
  /** Who acted, where it is not for this account to know who it was: the other company of a partnership. */
  actor?: PartyReference;
  /** Another event of the same transaction already touches whatever is kept of this entity. */
  covered?: boolean;
}

interface Insert {
  entity: EntityName<object>;
  row: Readonly<Record<string, SqlValue>>;
}

/** One transaction of a handler: its entity manager, its time, and what is to be told when it commits. */
export class Transaction {
  readonly inserts: Insert[] = [];
  readonly rows: OutboxRow[] = [];
  /** Tags of what the transaction changed: the asker drops what it keeps of them. */
  readonly touched = new Set<string>();
  /** Whether it took access away, so that its answer waits for its events. */
  takesAway = false;

  constructor(
    readonly em: EntityManager,
    readonly now: Date,
    private readonly service: string,
    private context: RequestContext,
  ) {}

  /**
   * Inserts a row, named by the entity's properties, at the end and in the statement that tells the events: for what is
   * inserted so often that a statement counts. The work cannot see it; a violated constraint fails the commit.
   */
  readonly insert = (entity: Insert['entity'], row: Insert['row']): void => {
    this.inserts.push({ entity, row });
  };

  /** Tells an access event. Its entity's row must have been changed or locked by this transaction before it commits. */
  readonly emit = <D extends z.ZodType>(event: AccessEventDefinition<D>, facts: EventFacts<z.input<D>>): void => {
    const messageId = uuidv7({ msecs: this.now.getTime() });
    this.rows.push({
      kind: 'event',
      messageId,
      entity: `${event.entity}:${facts.id}`,
      subject: subjectOf(event, facts.accountId),
      body: JSON.stringify(this.envelope(event, messageId, { ...facts, data: event.data.parse(facts.data) })),
    });
    if (facts.covered) return;
    this.touch(event.entity, facts);
    this.takesAway ||= event.revokes ?? false;
  };

  /** Orders a command of another service, delivered at least once after the commit; its body is wiped then. */
  readonly order = <C extends Contract>(contract: C, about: string, input: AskOf<C>): void => {
    const { requestId, correlationId, traceparent } = this.context;
    this.rows.push({
      kind: 'command',
      messageId: uuidv7({ msecs: this.now.getTime() }),
      entity: about,
      subject: contract.subject,
      body: JSON.stringify(input),
      context: JSON.stringify({ requestId, correlationId, traceparent, attribution: attributionOf(this.context) }),
    });
  };

  /** Says who acts once the work has found it out: who holds a secret is known by the row it opens. */
  readonly attribute = (attribution: Attribution): void => {
    this.context = { ...this.context, attribution };
  };

  private touch(entity: string, { id, accountId }: EventFacts<unknown>): void {
    this.touched.add(`${entity}:${id}`);
    if (accountId && this.service === 'tenancy') this.touched.add(`account:${accountId}`);
  }

  private envelope(event: AccessEventDefinition, id: string, facts: EventFacts<unknown>): AccessEventEnvelope {
    const { actor, onBehalfOf } = facts.actor ? { actor: facts.actor } : attributionOf(this.context);
    return {
      specversion: '1.0',
      id,
      type: event.type,
      source: `/services/${this.service}`,
      subject: facts.id,
      time: this.now.toISOString(),
      datacontenttype: 'application/json',
      ...(facts.accountId && { accountid: facts.accountId }),
      actor: nameOf(actor),
      ...(onBehalfOf && { onbehalfof: nameOf(onBehalfOf) }),
      requestid: this.context.requestId,
      correlationid: this.context.correlationId,
      traceparent: this.context.traceparent,
      sequence: facts.sequence,
      data: facts.data,
    };
  }
}

function nameOf({ type, id }: PartyReference): string {
  return `${type}:${id}`;
}
