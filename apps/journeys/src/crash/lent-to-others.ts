import { AccessLink } from '@valetkey/contracts';
import { enterByLink, recipientOf, sendLink } from '../access-links.ts';
import { type Client, type Owner, person, signedIn } from '../client.ts';
import { memberOf } from '../members.ts';
import { membershipOf } from '../membership-of.ts';
import { authorize, enter, partnershipOf, setModules, userIdOf } from '../partnerships.ts';
import type { Giving } from './revocations.ts';
import { settledOwner } from './settled-owner.ts';
import { OPERATOR_EMAIL, type Processes } from './start-processes.ts';

type Preparing = (processes: Processes, owner: Owner) => Promise<Giving>;

const secretOf = ({ secret }: Client): string => secret ?? '';
const onTheBus = ({ gatewayUrls, mailbox, servers }: Processes) => ({ gatewayUrls, mailbox, bus: servers.bus });
const clock = { now: () => new Date() };

/** A member who cannot sign in, and support staff who send them a link. */
async function lockedOut(processes: Processes, owner: Owner, name: string) {
  await setModules(await signedIn(processes, person(OPERATOR_EMAIL)), owner, { access_links: true });
  await memberOf(onTheBus(processes), owner, 'viewer', { name });
  const staff = await memberOf(onTheBus(processes), owner, 'supporter', { name: `${name}-support` });
  const to = await recipientOf(staff, { email: `${name}@${owner.accountId}.example` });
  const send = () => sendLink({ mailbox: processes.mailbox, clock }, staff, to);
  return { staff, send };
}

/** What takes effect at once on sessions that a link opened. */
export const linkRevocations: Record<string, Preparing> = {
  'an access link that is deleted': async (processes, owner) => {
    const { staff, send } = await lockedOut(processes, owner, 'deleted');
    return async () => {
      const { path, secret } = await send();
      const entered = await enterByLink(owner.baseUrl, secret);
      return { secret: secretOf(entered), isIn: ({ active }) => active, take: () => staff.call('DELETE', path) };
    };
  },

  'an access link that is edited': async (processes, owner) => {
    const { staff, send } = await lockedOut(processes, owner, 'edited');
    return async () => {
      const { path, secret } = await send();
      const entered = await enterByLink(owner.baseUrl, secret);
      const take = async () => {
        const answer = await staff.call('PATCH', path, { body: { maxUses: 3 } });
        AccessLink.parse(answer.body);
        return answer;
      };
      return {
        secret: secretOf(entered),
        isIn: ({ active }) => active,
        take,
        after: async () => {
          await staff.call('DELETE', path);
        },
      };
    };
  },

  'an access link whose sender is supporter no more': async (processes, owner) => {
    const name = 'betrayed';
    const { send } = await lockedOut(processes, owner, name);
    const { path } = await membershipOf(`${name}-support`, owner);
    const change = (role: string) => owner.call('PATCH', path, { body: { role } });
    return async () => {
      await change('supporter');
      const entered = await enterByLink(owner.baseUrl, (await send()).secret);
      return { secret: secretOf(entered), isIn: ({ active }) => active, take: () => change('viewer') };
    };
  },
};

/** A member of another company, let into the owner's. */
async function partnersUser(processes: Processes, owner: Owner, name: string) {
  const provider = await settledOwner(processes, `${name}@riggers.example`);
  const operator = await signedIn(processes, person(OPERATOR_EMAIL));
  await setModules(operator, owner, { client: true });
  await setModules(operator, provider, { partner: true });
  const catalogue = [{ name: 'cranes.move', description: 'Move cranes', roles: ['owner'] }];
  await operator.call('PUT', '/v1/operator/permissions', { body: catalogue });
  const user = await memberOf(onTheBus(processes), provider, 'viewer', { name });
  const userId = await userIdOf(provider, `${name}@${provider.accountId}.example`);
  const letIn = async () => {
    const partnership = await partnershipOf(provider, owner, ['cranes.move']);
    await authorize(provider, partnership, [userId], ['cranes.move']);
    await enter(user, owner);
    return partnership;
  };
  return { provider, user, userId, letIn };
}

/** What takes effect at once on sessions of a partner's users. */
export const partnerRevocations: Record<string, Preparing> = {
  'a partner’s user who is authorized no more': async (processes, owner) => {
    const { provider, user, userId, letIn } = await partnersUser(processes, owner, 'revoked-user');
    const { providerPath } = await letIn();
    await provider.call('DELETE', `${providerPath}/users/${userId}`);
    return async () => {
      await authorize(provider, { id: '', clientPath: '', providerPath }, [userId], ['cranes.move']);
      await enter(user, owner);
      const take = () => provider.call('DELETE', `${providerPath}/users/${userId}`);
      return { secret: secretOf(user), isIn: hasScope, take };
    };
  },

  'a partnership that is disabled': async (processes, owner) => {
    const { provider, user, letIn } = await partnersUser(processes, owner, 'disabled');
    const { providerPath } = await letIn();
    return async () => {
      await provider.call('POST', `${providerPath}/activate`);
      const take = () => provider.call('POST', `${providerPath}/disable`);
      return { secret: secretOf(user), isIn: hasScope, take };
    };
  },

  'a partnership that is revoked': async (processes, owner) => {
    const { user, letIn } = await partnersUser(processes, owner, 'revoked');
    return async () => {
      const { clientPath } = await letIn();
      return { secret: secretOf(user), isIn: hasScope, take: () => owner.call('DELETE', clientPath) };
    };
  },
};

const hasScope: Awaited<ReturnType<Giving>>['isIn'] = (answer) => answer.active && answer.scope !== '';
