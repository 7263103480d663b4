import { redeemLoginToken } from '@valetkey/contracts';
import { Bus } from '@valetkey/messaging';
import { BaseEntity } from '@valetkey/persistence';

export const right = [redeemLoginToken, Bus, BaseEntity];
