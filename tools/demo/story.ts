import type { Api } from '../dev/api.ts';
import type { DevFile } from '../dev/dev-file.ts';
import type { tell } from './tell.ts';

export interface Story {
  api: Api;
  stack: DevFile;
  tell: typeof tell;
}

/** An owner signed in, and the account's path. */
export interface Owner {
  secret: string;
  password: string;
  path: string;
}
