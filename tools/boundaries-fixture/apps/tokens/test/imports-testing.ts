import { startPostgres } from '@valetkey/testing';
import { startNats } from '@valetkey/testing/stack';

export const right = [startPostgres, startNats];
