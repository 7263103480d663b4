import { startPostgres } from '@valetkey/testing';
import { ensureNatsServer } from '@valetkey/testing/stack';

export const right = [startPostgres, ensureNatsServer];
