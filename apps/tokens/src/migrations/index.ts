import { CreateTokens } from './001-create-tokens.ts';

/** In the order in which they run; names never change. */
export const migrations = [{ name: '001-create-tokens', class: CreateTokens }];
