import { CreateUsers } from './001-create-users.ts';

/** In the order in which they run; names never change. */
export const migrations = [{ name: '001-create-users', class: CreateUsers }];
