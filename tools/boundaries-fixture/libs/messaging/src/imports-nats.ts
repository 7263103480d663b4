import { jetstream } from '@nats-io/jetstream';
import { readConfig } from '@valetkey/config';
import { redeemLoginToken } from '@valetkey/contracts';

export const right = [jetstream, readConfig, redeemLoginToken];
