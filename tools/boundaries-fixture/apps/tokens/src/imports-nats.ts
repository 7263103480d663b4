import { ClientsModule } from '@nestjs/microservices'; // breaks @nx/enforce-module-boundaries and no-restricted-imports
import { jetstream } from '@nats-io/jetstream'; // breaks no-restricted-imports
import type { NatsConnection } from '@nats-io/transport-node'; // breaks no-restricted-imports

export const wrong: [NatsConnection, typeof jetstream, typeof ClientsModule][] = [];
