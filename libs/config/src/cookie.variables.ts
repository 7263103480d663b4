import { z } from 'zod';

/** Which hosts besides the gateway's own may see who has signed in there. */
export const cookieVariables = {
  COOKIE_DOMAIN: z
    .hostname('must be a domain such as example.com')
    .optional()
    .describe('The domain whose hosts share the forwarded session’s cookie; landing pages may lie under it'),
};
