import { makeSecret } from '@valetkey/credentials';
import type { InputOf, openPortalSession, OutputOf } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';

const TIME = '2026-03-01T12:00:00.000Z';

/** As tokens answers. */
export function openedSession(input: InputOf<typeof openPortalSession>): OutputOf<typeof openPortalSession> {
  const { userId, userName, operator, accountId, organizationId, address, userAgent } = input;
  const times = { createdAt: TIME, lastSeenAt: TIME, idleExpiresAt: TIME, expiresAt: TIME, idleSeconds: 3600 };
  const subject = { type: 'user', id: userId, name: userName } as const;
  const facts = { id: uuidv7(), kind: 'portal', subject, accountId, organizationId, operator } as const;
  const secrets = { secret: makeSecret('vks'), ...(input.forwarded && { forwardedSecret: makeSecret('vkf') }) };
  return { session: { ...facts, ...times, allowedCidrs: [], address, userAgent }, ...secrets };
}
