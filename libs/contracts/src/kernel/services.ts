/** The processes that speak on the bus; each has credentials and subjects of its own. `seed` exists in development only. */
export const serviceNames = ['identity', 'tenancy', 'tokens', 'notifications', 'audit', 'seed'] as const;

export type ServiceName = (typeof serviceNames)[number];
