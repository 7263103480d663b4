import type { AccessEvent } from '@valetkey/access-events';
import { makeAccessEvent } from '@valetkey/access-events/testing';
import {
  accountCreated,
  accountDeleted,
  type AccountPolicy,
  accountPolicyChanged,
  accountPurged,
  accountRestored,
  accountUpdated,
  moduleDisabled,
  moduleEnabled,
  type ModuleName,
} from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';

/** Tenancy's events of one account, each a version newer than the one before. */
export class AccountEvents {
  private version = 0;

  constructor(
    private readonly accountId: string,
    private readonly now: () => Date,
  ) {}

  created(tokenSessionLimit: number | null = null, modules: ModuleName[] = ['login_tokens']): AccessEvent {
    const data = { name: 'Acme', ownerId: uuidv7(), modules, tokenSessionLimit };
    return this.timed(makeAccessEvent(accountCreated, { ...this.next(), data }));
  }

  limited(tokenSessionLimit: number | null): AccessEvent {
    const data = { name: 'Acme', changes: [], tokenSessionLimit };
    return this.timed(makeAccessEvent(accountUpdated, { ...this.next(), data }));
  }

  enabled(module: ModuleName = 'login_tokens', modules: ModuleName[] = [module]): AccessEvent {
    return this.timed(makeAccessEvent(moduleEnabled, { ...this.next(), data: { module, modules, changes: [] } }));
  }

  disabled(module: ModuleName = 'login_tokens', modules: ModuleName[] = []): AccessEvent {
    return this.timed(makeAccessEvent(moduleDisabled, { ...this.next(), data: { module, modules, changes: [] } }));
  }

  policy(lengths: Pick<AccountPolicy, 'portalIdleMinutes' | 'portalMaxHours'>): AccessEvent {
    const rest = { accountName: 'Acme', changes: [], requireTwoFactor: 'off' as const, managersMayDelete: false };
    return this.timed(makeAccessEvent(accountPolicyChanged, { ...this.next(), data: { ...rest, ...lengths } }));
  }

  deleted(): AccessEvent {
    return this.timed(makeAccessEvent(accountDeleted, { ...this.next(), data: { name: 'Acme' } }));
  }

  restored(): AccessEvent {
    return this.timed(makeAccessEvent(accountRestored, { ...this.next(), data: { name: 'Acme' } }));
  }

  purged(): AccessEvent {
    return this.timed(makeAccessEvent(accountPurged, { ...this.next(), data: { name: 'Acme' } }));
  }

  private next() {
    this.version += 1;
    return { subject: this.accountId, accountid: this.accountId, sequence: this.version };
  }

  private timed(event: AccessEvent): AccessEvent {
    return { ...event, time: this.now().toISOString() };
  }
}
