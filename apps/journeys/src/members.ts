import {
  type AskOf,
  type Contract,
  createUser,
  Failure,
  grantMembership,
  type ProblemCode,
  type Scope,
} from '@valetkey/contracts';
import { Bus } from '@valetkey/messaging';
import { Metrics } from '@valetkey/observability';
import { v4 as uuidv4 } from 'uuid';
import type { z } from 'zod';
import { type Owner, person, signedIn } from './client.ts';
import type { Platform } from './start-platform.ts';

/** A user without an account of their own, who is made a member of this one and signs in there. */
export async function memberOf(
  platform: Pick<Platform, 'bus' | 'gatewayUrls' | 'mailbox'>,
  { accountId }: Pick<Owner, 'accountId'>,
  role: AskOf<typeof grantMembership>['role'],
  { name = role, scope = { type: 'account', id: accountId } }: { name?: string; scope?: Scope } = {},
): Promise<Owner> {
  const who = { ...person(`${name}@${accountId}.example`), name };
  const seed = new Bus(await platform.bus.connect('seed'), 'svc.seed', new Metrics());
  const user = await ask(seed, createUser, who);
  const granted = { userId: user.userId, name, primaryEmail: who.email, version: user.version };
  await ask(seed, grantMembership, { accountId, user: granted, scope, role });
  return signedIn(platform, who);
}

async function ask<I extends z.ZodType, O extends z.ZodType, E extends ProblemCode>(
  bus: Bus,
  contract: Contract<I, O, E>,
  input: z.input<I>,
): Promise<z.output<O>> {
  const requestId = uuidv4();
  const traceparent = `00-${requestId.replaceAll('-', '')}-00f067aa0ba902b7-01`;
  const answer = await bus.ask(contract, input, { requestId, correlationId: requestId, traceparent });
  if (answer instanceof Failure) throw new Error(`${contract.subject} was refused with ${answer.code}`);
  return answer;
}
