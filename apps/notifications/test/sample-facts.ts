const place = { scopeType: 'organization', scopeName: 'Lisbon Office', accountName: 'Analytical Engines' };
const by = 'Grace Hopper';
const accountName = 'Analytical Engines';

/** Facts of every notice there is, by its template. */
export const sampleFacts: Record<string, object> = {
  'access-key-new-place': { accountName, name: 'Nightly export', address: '203.0.113.7' },
  'account-deleted': { accountName, by, purgedAfter: '2026-03-31T12:00:00.000Z' },
  'account-restored': { accountName },
  'billing-changed': { accountName, by },
  'credential-expiring': {
    accountName,
    type: 'access-key',
    name: 'Nightly export',
    expiresAt: '2026-03-08T12:00:00.000Z',
    daysLeft: 7,
  },
  'email-added': {},
  'email-removed': {},
  'email-verified': {},
  'invitation-accepted': { place, by, role: 'manager' },
  'membership-changed': { place, by, from: 'viewer', to: 'manager' },
  'membership-granted': { place, by, role: 'manager' },
  'membership-removed': { place, by, role: 'viewer', lastInAccount: true },
  'module-disabled': { accountName, module: 'login_tokens' },
  'module-enabled': { accountName, module: 'access_links' },
  'new-place': { device: 'Firefox on Linux', address: '2001:db8::7' },
  'password-changed': {},
  'password-was-reset': {},
  'policy-changed': {
    accountName,
    by,
    changed: { requireTwoFactor: 'everyone', managersMayDelete: false, portalIdleMinutes: 15, portalMaxHours: 12 },
  },
  'recovery-code-used': { left: 9 },
  'recovery-codes-renewed': {},
  'sign-in-blocked': { failures: 100 },
  'two-factor-disabled': {},
  'two-factor-enabled': {},
  'two-factor-reset': { by: 'owner' },
  'user-locked': {},
  'user-unlocked': {},
};
