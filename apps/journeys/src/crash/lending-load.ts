import { z } from 'zod';
import { Client, opened, type Owner } from '../client.ts';
import { type Load, underLoad } from './load.ts';
import type { Processes } from './start-processes.ts';

const Lent = z.object({ loginToken: z.object({ id: z.string() }), secret: z.string() });
const HANDS = 6;
const EVERY_MS = 60;

export interface LendingLoad extends Load {
  /** How many visits there were from the first step to the last. */
  readonly visits: number;
  /** By status, how often a request was answered so; `cut` for those that got no answer. */
  readonly answers: Readonly<Record<string, number>>;
}

/** Tokens lent, redeemed, used, signed out of and deleted, whatever befalls the platform. */
export function lendingLoad({ gatewayUrls }: Processes, owner: Owner): LendingLoad {
  const answers: Record<string, number> = {};
  let visits = 0;
  const step = async (client: Client, method: string, path: string, body?: unknown) => {
    const answer = await client.call(method, path, { body }).catch(() => undefined); // its gateway, or its way there, was cut
    const status = String(answer?.status ?? 'cut');
    answers[status] = (answers[status] ?? 0) + 1;
    return answer && answer.status < 300 ? answer : undefined;
  };
  const visit = async (hand: number) => {
    const body = { name: `Visit ${hand} ${performance.now()}`, type: hand % 2 ? 'one_time' : 'permanent' };
    const lent = await step(owner, 'POST', `${owner.path}/login-tokens`, body);
    if (!lent) return;
    const token = Lent.parse(lent.body);
    const url = gatewayUrls[hand % gatewayUrls.length] ?? '';
    const redeemed = await step(new Client(url), 'POST', '/v1/sessions/login-token', { token: token.secret });
    if (!redeemed) return;
    const guest = new Client(url, opened(redeemed).secret);
    await step(guest, 'GET', '/v1/session');
    const left = hand % 3 === 0 || (await step(guest, 'DELETE', '/v1/session'));
    if (left && (await step(owner, 'DELETE', `${owner.path}/login-tokens/${token.loginToken.id}`))) visits += 1;
  };
  const load = underLoad(HANDS, visit, EVERY_MS);
  return {
    get done() {
      return load.done;
    },
    get visits() {
      return visits;
    },
    answers,
    stop: () => load.stop(),
  };
}
