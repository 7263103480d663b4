const nobody = 'nobody@nowhere.example';
const WRONG = 'not the password';

/** What a body of the fixture names. */
export interface BodyIds {
  accountId: string;
  /** A member of the account beside its owner. */
  userId: string;
}

type Bodies = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * What each contract with a body takes when all is well, as far as a caller can make it up: secrets, passwords and codes
 * are well-formed and wrong, so that nobody is shut out and nothing is deleted by it.
 */
export function wellFormedBodies(ids: BodyIds): Bodies {
  return {
    ...ofIdentity,
    ...ofTenancy(ids),
    ...ofTokens,
    ...ofLinks(ids),
    'notifications.v1.preferences.update': { expiry: 'daily' },
  };
}

const ofIdentity: Bodies = {
  'identity.v1.session.sign-in': { email: nobody, password: WRONG },
  'identity.v1.session.sign-in-with-two-factor': { challenge: 'vkc_none', code: '123456' },
  'identity.v1.user.sign-up': { email: 'new@nowhere.example', password: 'x', name: 'N', accountName: 'A' },
  'identity.v1.user.update-own': { name: 'Olivia', locale: 'en' },
  'identity.v1.email.verify': { token: 'vkv_none', password: WRONG },
  'identity.v1.email.resend-verification': { email: nobody },
  'identity.v1.email.add': { email: 'another@nowhere.example', currentPassword: WRONG },
  'identity.v1.email.make-primary': { currentPassword: WRONG },
  'identity.v1.password.change': { currentPassword: WRONG, password: 'plum tractor violin', endOtherSessions: true },
  'identity.v1.password-reset.request': { email: nobody },
  'identity.v1.password-reset.complete': { token: 'vkr_none', password: 'plum tractor violin' },
  'identity.v1.two-factor.enrol': { currentPassword: WRONG },
  'identity.v1.two-factor.confirm': { code: '123456', endOtherSessions: true },
  'identity.v1.two-factor.renew-recovery-codes': { currentPassword: WRONG, code: '123456' },
  'identity.v1.two-factor.disable': { currentPassword: WRONG, code: '123456', endOtherSessions: true },
  'identity.v1.invitation.preview': { token: 'vki_none' },
  'identity.v1.invitation.accept': { token: 'vki_none', name: 'N', password: 'plum tractor violin', locale: 'pt-BR' },
};

function ofTenancy({ accountId, userId }: BodyIds): Bodies {
  const scope = { type: 'account', id: accountId };
  return {
    'tenancy.v1.account.create': { name: 'Further' },
    'tenancy.v1.account.delete': { confirmName: 'not its name' },
    'tenancy.v1.account.put-billing': { companyName: 'Harbour Lda', email: null, address: null, taxId: null },
    'tenancy.v1.account.update-policy': { requireTwoFactor: 'off', managersMayDelete: true, portalIdleMinutes: 60 },
    'tenancy.v1.account.update': { name: 'Harbour Cranes', country: 'PT', tokenSessionLimit: 1000 },
    'tenancy.v1.account.set-modules': { modules: { partner: true } },
    'tenancy.v1.organization.create': { name: 'Quay' },
    'tenancy.v1.organization.update': { name: 'Quay', groupId: null },
    'tenancy.v1.group.create': { name: 'Quays' },
    'tenancy.v1.group.update': { name: 'Quays' },
    'tenancy.v1.membership.add': { userId, scope, role: 'viewer' },
    'tenancy.v1.membership.change-role': { role: 'viewer' },
    'tenancy.v1.invitation.create': { email: nobody, scope, role: 'viewer' },
    'tenancy.v1.partner-token.create': { clientName: 'Riggers' },
    'tenancy.v1.partner-user.authorize': { userIds: [userId], permissions: ['devices.view'] },
    'tenancy.v1.partner-user.update': { permissions: ['devices.view'] },
    'tenancy.v1.partner.create': { token: 'vkp_none', permissions: ['devices.view'] },
    'tenancy.v1.partner.update': { permissions: ['devices.view'] },
    'tenancy.v1.permission.put': { permissions: [{ name: 'devices.view', description: 'See', roles: ['owner'] }] },
  };
}

const lent = { role: 'viewer', allowedCidrs: ['10.0.0.0/8'] };

const ofTokens: Bodies = {
  'tokens.v1.login-token.create': { name: 'New', type: 'permanent', ...lent, maxSessions: 3 },
  'tokens.v1.login-token.update': { name: 'There', role: 'manager', maxSessions: 5 },
  'tokens.v1.login-token.rotate': { graceSeconds: 60 },
  'tokens.v1.login-token.redeem': { token: 'vkl_none' },
  'tokens.v1.access-key.create': { name: 'New', ...lent },
  'tokens.v1.access-key.update': { name: 'There', ...lent },
  'tokens.v1.access-key.rotate': { graceSeconds: 60 },
  'tokens.v1.session.switch': { organizationId: null },
  'tokens.v1.resource-server.register': { name: 'Another' },
};

/** To an address that is not the member's, so that nobody is mailed for nothing. */
function ofLinks({ accountId, userId }: BodyIds): Bodies {
  const fields = { expiresAt: '2026-03-05T12:00:00Z', password: WRONG, maxUses: 3, waiveTwoFactor: false };
  return {
    'tokens.v1.access-link.create': { userId, emailId: accountId, ...fields },
    'tokens.v1.access-link.update': fields,
    'tokens.v1.access-link.preview': { token: 'vka_none' },
    'tokens.v1.access-link.redeem': { token: 'vka_none', password: WRONG, code: '123456' },
  };
}
