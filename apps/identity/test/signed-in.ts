import { type Caller, type Contract, Failure, type RequestContext } from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import type { z } from 'zod';
import { registered } from './people.ts';
import type { TestIdentity } from './start-identity.ts';

/** A user with a portal session. */
export interface SignedIn {
  id: string;
  email: string;
  password: string;
  name: string;
  caller: Caller;
  /** Asks as that session. */
  ask<I extends z.ZodType, O extends z.ZodType>(
    contract: Contract<I, O>,
    input: z.input<I>,
    more?: Partial<RequestContext>,
  ): Promise<z.output<O> | Failure>;
}

export async function signedIn(identity: TestIdentity, person?: Parameters<typeof registered>[1]): Promise<SignedIn> {
  const { email, password, name } = await registered(identity, person);
  return withSession(identity, { id: await userIdOf(identity, email), email, password, name });
}

export function withSession(identity: TestIdentity, user: Omit<SignedIn, 'ask' | 'caller'>): SignedIn {
  const caller = anyCaller({ subject: { type: 'user', id: user.id, name: user.name } });
  return {
    ...user,
    caller,
    ask: (contract, input, more) => identity.gateway.ask(contract, input, identity.context(caller, more)),
  };
}

export async function userIdOf({ database }: TestIdentity, email: string): Promise<string> {
  const found = 'SELECT user_id AS id FROM emails WHERE address = $1 AND verified_at IS NOT NULL';
  const { rows } = await database.query<{ id: string }>(found, [email]);
  const [row] = rows;
  if (!row) throw new Error(`Nobody has verified ${email}`);
  return row.id;
}

/** An answer that was no refusal. */
export function granted<T>(answer: T | Failure): T {
  if (answer instanceof Failure) throw new Error(`Refused with ${answer.code}`);
  return answer;
}
