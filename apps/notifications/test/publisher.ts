import type { AccessEvent } from '@valetkey/access-events';
import { type EventFacts, makeAccessEvent } from '@valetkey/access-events/testing';
import { type AccessEventDefinition, subjectOf } from '@valetkey/contracts';
import { EventStream } from '@valetkey/messaging';
import type { TestService } from '@valetkey/testing';
import type { z } from 'zod';

type Given<D extends z.ZodType> = EventFacts<D> & { actor?: string; time?: string };

/** Publishes events as the services do whose they are. */
export class Publisher {
  private readonly streams = new Map<string, Promise<EventStream>>();

  constructor(private readonly service: TestService) {}

  async publish<D extends z.ZodType>(
    definition: AccessEventDefinition<D>,
    { actor, time, ...facts }: Given<D>,
  ): Promise<AccessEvent> {
    const event = { ...makeAccessEvent(definition, facts), ...(actor && { actor }), ...(time && { time }) };
    await this.again(definition, event, event.id);
    return event;
  }

  /** Publishes an event once more: under another message id the stream takes it for another. */
  async again(definition: AccessEventDefinition, event: AccessEvent, messageId: string): Promise<void> {
    const stream = await this.streamOf(definition.source);
    await stream.publish(subjectOf(definition, event.accountid), messageId, JSON.stringify(event));
  }

  private streamOf(source: string): Promise<EventStream> {
    const known = this.streams.get(source);
    if (known) return known;
    const opened = this.service.bus.connect(source).then((connection) => new EventStream(connection));
    this.streams.set(source, opened);
    return opened;
  }
}
