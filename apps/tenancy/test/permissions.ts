import { putPermissions } from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import type { Tenancy } from './tenancy.ts';

/** Puts permissions of these names, which no role includes, into an otherwise empty catalogue. */
export async function cataloguePermissions(tenancy: Tenancy, ...names: string[]): Promise<void> {
  const permissions = names.map((name) => ({ name, description: '', roles: [] }));
  await tenancy.ask(putPermissions, { permissions }, anyCaller({ operator: true }));
}
