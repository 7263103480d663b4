import { hashSecret } from '@valetkey/credentials';
import { Outbox } from '@valetkey/outbox';
import { BaseEntity } from '@valetkey/persistence';

export const right = [hashSecret, Outbox, BaseEntity];
