import { CreateTrail } from './001-create-trail.ts';

/** In the order in which they run; names never change. */
export const migrations = [{ name: '001-create-trail', class: CreateTrail }];
