const place = { scopeType: 'organization', scopeName: 'Lisbon Office', accountName: 'Analytical Engines' };
const by = 'Grace Hopper';
const accountName = 'Analytical Engines';
const counterpart = 'Harbour Works';
const userName = 'Charles Babbage';
const permissions = ['devices.manage', 'devices.view'];

/** Facts of every notice there is, by its template. */
export const sampleFacts: Record<string, object> = {
  'access-key-new-place': { accountName, name: 'Nightly export', address: '203.0.113.7' },
  'access-link-locked': { accountName, userName },
  'access-link-undelivered': { accountName, userName, reason: 'refused' },
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
  'partner-user-changed': { accountName, counterpart, userName, permissions },
  'partner-users-authorized': { accountName, counterpart, userName, count: 3, permissions },
  'partner-users-revoked': { accountName, counterpart, userName, count: 1 },
  'partnership-activated': { accountName, counterpart, permissions },
  'partnership-ceiling-changed': {
    accountName,
    counterpart,
    permissions: ['devices.view'],
    added: [],
    removed: ['devices.manage'],
  },
  'partnership-deleted': { accountName, counterpart },
  'partnership-disabled': { accountName, counterpart },
  'partnership-enabled': { accountName, counterpart },
  'partnership-lapsed': { accountName, clientName: counterpart },
  'partnership-revoked': { accountName, counterpart },
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
  'two-factor-waived': { accountName, by },
  'user-locked': {},
  'user-unlocked': {},
};
