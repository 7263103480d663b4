/** What the tables call each contender. */
export const OURS = 'Valetkey';
export const BARE = 'bare Fastify POST';
export const BARE_PG = 'bare pg transaction';
export const VERIFY_API_KEY = 'Better Auth verifyApiKey';
export const GET_SESSION = 'Better Auth getSession';
export const OIDC_PROVIDER = 'oidc-provider introspection, in memory';
