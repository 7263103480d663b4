import { on } from '@valetkey/access-events';
import { accessKeyExpiring, accessKeyUsedFromNewPlace, loginTokenExpiring } from '@valetkey/contracts';
import { accessKeyNewPlaceNotice } from '../notices/access-keys/access-key-new-place.notice.ts';
import { credentialExpiringNotice } from '../notices/expiry/credential-expiring.notice.ts';
import type { Occasion } from './occasion.ts';

/** What an account's owners should know of its login tokens and access keys. */
export const credentialEvents = [
  on(loginTokenExpiring, async ({ data }, occasion: Occasion) =>
    occasion.tellOwners(credentialExpiringNotice, (accountName) => ({
      accountName,
      type: 'login-token' as const,
      ...data,
    })),
  ),
  on(accessKeyExpiring, async ({ data }, occasion: Occasion) =>
    occasion.tellOwners(credentialExpiringNotice, (accountName) => ({
      accountName,
      type: 'access-key' as const,
      ...data,
    })),
  ),
  on(accessKeyUsedFromNewPlace, async ({ data: { name, address } }, occasion: Occasion) =>
    occasion.tellOwners(accessKeyNewPlaceNotice, (accountName) => ({ accountName, name, address })),
  ),
];
