import { CreateTenancy } from './001-create-tenancy.ts';

/** In the order in which they run; names never change. */
export const migrations = [{ name: '001-create-tenancy', class: CreateTenancy }];
