import { Outbox } from '@valetkey/outbox'; // breaks @nx/enforce-module-boundaries
import type { BaseEntity } from '@valetkey/persistence'; // breaks @nx/enforce-module-boundaries

export const wrong: [BaseEntity, typeof Outbox][] = [];
export const later = () => import('@valetkey/persistence'); // breaks @nx/enforce-module-boundaries
