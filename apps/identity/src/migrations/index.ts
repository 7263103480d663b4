import { CreateUsers } from './001-create-users.ts';
import { AddTwoFactor } from './002-add-two-factor.ts';
import { AddOwnAffairs } from './003-add-own-affairs.ts';

/** In the order in which they run; names never change. */
export const migrations = [
  { name: '001-create-users', class: CreateUsers },
  { name: '002-add-two-factor', class: AddTwoFactor },
  { name: '003-add-own-affairs', class: AddOwnAffairs },
];
