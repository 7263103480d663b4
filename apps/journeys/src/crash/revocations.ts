import type { Introspection } from '@valetkey/access-guard';
import type { Answer, Client, Owner } from '../client.ts';
import { giveKey } from '../lending.ts';
import { memberOf } from '../members.ts';
import { membershipOf } from '../membership-of.ts';
import { linkRevocations, partnerRevocations } from './lent-to-others.ts';
import type { Processes } from './start-processes.ts';

/** Access that somebody has, until it is taken away. */
export interface GivenAccess {
  secret: string;
  /** Whether an introspection still tells what may not be told once it is taken away. */
  isIn(answer: Introspection): boolean;
  take(): Promise<Answer>;
  /** Makes room for the next one. */
  after?(): Promise<void>;
}

/** Gives access, anew each time. */
export type Giving = () => Promise<GivenAccess>;

const isRole = (role: string) => (answer: Introspection) => answer.active && answer.role === role;
const secretOf = ({ secret }: Client): string => secret ?? '';

/** What takes effect on live sessions and keys at once, besides the end of a login token. */
export const revocations: Record<string, (processes: Processes, owner: Owner) => Promise<Giving>> = {
  ...linkRevocations,
  ...partnerRevocations,

  'a member who is demoted': async (processes, owner) => {
    const member = await memberOf(onTheBus(processes), owner, 'manager', { name: 'demoted' });
    const { path } = await membershipOf('demoted', owner);
    const change = (role: string) => owner.call('PATCH', path, { body: { role } });
    return async () => {
      await change('manager');
      return { secret: secretOf(member), isIn: isRole('manager'), take: () => change('viewer') };
    };
  },

  'a membership that is removed': async (processes, owner) => async () => {
    const name = `removed-${crypto.randomUUID()}`;
    const member = await memberOf(onTheBus(processes), owner, 'viewer', { name });
    const { path } = await membershipOf(name, owner);
    return { secret: secretOf(member), isIn: standsSomewhere, take: () => owner.call('DELETE', path) };
  },

  'an access key that is deleted': async (_processes, owner) => async () => {
    const { secret, path } = await giveKey(owner, { name: crypto.randomUUID() });
    return { secret, isIn: ({ active }) => active, take: () => owner.call('DELETE', path) };
  },

  'an access key that is given a lower role': async (_processes, owner) => {
    const { secret, path } = await giveKey(owner, { name: 'Lowered', role: 'manager' });
    const change = (role: string) => owner.call('PATCH', path, { body: { role } });
    return async () => {
      await change('manager');
      return { secret, isIn: isRole('manager'), take: () => change('viewer') };
    };
  },

  'an account that demands two-factor': async (processes, owner) => {
    const member = await memberOf(onTheBus(processes), owner, 'viewer', { name: 'bound' });
    const demand = (requireTwoFactor: string) =>
      owner.call('PATCH', `${owner.path}/policy`, { body: { requireTwoFactor } });
    return async () => {
      await demand('off');
      return { secret: secretOf(member), isIn: standsSomewhere, take: () => demand('everyone') };
    };
  },
};

function standsSomewhere(answer: Introspection): boolean {
  return answer.active && (answer.account_id !== undefined || answer.role !== undefined || answer.scope !== '');
}

function onTheBus({ gatewayUrls, mailbox, servers }: Processes): Parameters<typeof memberOf>[0] {
  return { gatewayUrls, mailbox, bus: servers.bus };
}
