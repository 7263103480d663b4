import { randomUUID } from 'node:crypto';
import { type Contract, Failure, ownerOf } from '@valetkey/contracts';
import { replyInbox } from '@valetkey/messaging/topology';
import { contextHeaders, decodeReply } from '@valetkey/messaging/wire';
import { connect } from '@nats-io/transport-node';
import type { z } from 'zod';
import { passwordOf } from './secrets.ts';
import type { Stack } from './stack.ts';

const USER = 'seed';

export interface SeedBus {
  /** @throws Error naming the code with which the service refused. */
  ask<I extends z.ZodType, O extends z.ZodType>(contract: Contract<I, O>, input: z.input<I>): Promise<z.output<O>>;
  close(): Promise<void>;
}

/** Asks services in the name of `seed`, whom only a development stack has. */
export async function connectSeedBus({ natsUrl, secrets }: Stack): Promise<SeedBus> {
  const pass = passwordOf(secrets.bus, USER);
  const connection = await connect({ servers: natsUrl, user: USER, pass, inboxPrefix: `_INBOX.${USER}` });
  return {
    ask: async (contract, input) => {
      const requestId = randomUUID();
      const traceparent = `00-${requestId.replaceAll('-', '')}-${requestId.slice(0, 8)}${requestId.slice(-8)}-00`;
      const message = await connection.request(`svc.${USER}.${contract.subject}`, JSON.stringify(input), {
        timeout: 5_000,
        // Where the service may answer.
        noMux: true,
        reply: `${replyInbox(USER, ownerOf(contract), requestId)}.0`,
        headers: contextHeaders({ requestId, correlationId: requestId, traceparent }),
      });
      const { answer } = decodeReply(message, contract.output);
      if (answer instanceof Failure) throw new Error(`${contract.subject} refused: ${answer.code}`);
      return contract.output.parse(answer);
    },
    close: () => connection.drain(),
  };
}
