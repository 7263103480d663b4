import { type AccessEventsConnection, connectAccessEvents } from '@valetkey/access-events';
import { AccessGuard, createAccessGuard } from '@valetkey/access-guard';
import { Metrics } from '@valetkey/observability';
import { DEVICES_CONFIG } from './devices-config.token.ts';
import type { DevicesConfig } from './devices.config.ts';

/** Injects the connection over which the guard hears of every change of access. */
export const ACCESS_EVENTS = Symbol('example-devices:access-events');

/** The guard that verifies credentials: it needs a NATS user to hear the events, and client credentials to ask. */
export const guardProviders = [
  {
    provide: ACCESS_EVENTS,
    inject: [DEVICES_CONFIG],
    useFactory: ({ NATS_URL, NATS_USER, NATS_PASSWORD }: DevicesConfig) =>
      connectAccessEvents({
        servers: [...NATS_URL],
        user: NATS_USER,
        password: NATS_PASSWORD,
        name: 'example-devices',
      }),
  },
  {
    provide: AccessGuard,
    inject: [ACCESS_EVENTS, DEVICES_CONFIG, Metrics],
    useFactory: (connection: AccessEventsConnection, config: DevicesConfig, metrics: Metrics) =>
      createAccessGuard({
        connection,
        gatewayUrl: config.GATEWAY_URL,
        clientId: config.CLIENT_ID,
        clientSecret: config.CLIENT_SECRET,
        observe: metrics.lookUpsIn('introspection'),
      }),
  },
];
