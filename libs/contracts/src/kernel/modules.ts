import { z } from 'zod';

export const moduleNames = ['login_tokens', 'access_links', 'partner', 'client'] as const;

/** A feature that the operator turns on for an account. */
export const ModuleName = z.enum(moduleNames);
export type ModuleName = z.infer<typeof ModuleName>;
