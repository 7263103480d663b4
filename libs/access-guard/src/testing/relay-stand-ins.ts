import type { AccessEvent, AccessEventsConnection } from '@valetkey/access-events';

/** A connection in the name of each service that must be heard. */
export type RelayConnections = Readonly<Record<string, AccessEventsConnection>>;

/** Speak to a follower in the place of the services' relays. */
export class RelayStandIns {
  constructor(
    private readonly relays: RelayConnections,
    private readonly follower: AccessEventsConnection,
  ) {}

  /** Says that these have nothing unsent; all of them by default. */
  async beat(services: readonly string[] = Object.keys(this.relays)): Promise<void> {
    for (const service of services) await this.send(service, `access.heartbeat.${service}`, '');
  }

  async tell(service: string, event: AccessEvent): Promise<void> {
    const [, , entity, action] = event.type.split('.');
    await this.send(service, `access.v1.${event.accountid ?? 'platform'}.${entity}.${action}`, JSON.stringify(event));
  }

  /** Beats until it trusts what it hears. */
  async earnTrust(follower: { readonly trusted: boolean }): Promise<void> {
    while (!follower.trusted) await this.beat();
  }

  /** Publishes, and waits until it has reached the follower: what the server sends to it comes in one order. */
  private async send(service: string, subject: string, body: string): Promise<void> {
    const relay = this.relays[service];
    if (!relay) throw new Error(`nobody speaks for ${service}`);
    relay.publish(subject, body);
    await relay.flush();
    await this.follower.flush();
  }
}
