import { z } from 'zod';
import { Id } from '../kernel/fields.ts';
import { lentCredential } from './lent-credential.ts';

/** active → expired. */
export const AccessKeyStatus = z.enum(['active', 'expired']);
export type AccessKeyStatus = z.infer<typeof AccessKeyStatus>;

/** A program's bearer of the API; it belongs to the account and survives whoever made it. */
export const AccessKey = z.object({ ...lentCredential, status: AccessKeyStatus }).meta({ id: 'AccessKey' });
export type AccessKey = z.infer<typeof AccessKey>;

export const accessKeysPath = '/v1/accounts/{accountId}/access-keys';
export const accessKeyPath = `${accessKeysPath}/{accessKeyId}` as const;

export const oneAccessKey = { accountId: Id, accessKeyId: Id };

/** A key with the revision that its `ETag` shows. */
export const AccessKeyRevision = AccessKey.extend({ revision: z.number().int() });

/** A key with its secret, which is shown this once. */
export const AccessKeyShown = z.object({ accessKey: AccessKey, secret: z.string() });
