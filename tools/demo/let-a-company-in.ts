import { z } from 'zod';
import { openAccount } from './open-account.ts';
import { openDeviceStream } from './device-stream.ts';
import { turnOn } from './modules.ts';
import type { Owner, Story } from './story.ts';

const TokenShown = z.object({ partnerToken: z.object({ id: z.string(), status: z.string() }), secret: z.string() });
const Partner = z.object({ id: z.string(), status: z.string(), provider: z.object({ name: z.string() }) });
const Entered = z.object({ role: z.string(), permissions: z.array(z.string()) });
const Subject = z.object({ subject: z.object({ id: z.string() }) });
const Problem = z.object({ code: z.string() });

/** A maintenance company's technician works in the client's account, under a ceiling that the client lowers and takes away. */
export async function letACompanyIn(story: Story, owner: Owner): Promise<void> {
  const { api, stack, tell } = story;
  const rita = await openAccount(story, { owner: 'Rita', accountName: 'Riggers', domain: 'riggers.example' });
  await turnOn(story, owner, { client: true });
  await turnOn(story, rita, { partner: true });
  const { token, partner } = await agree(story, owner, rita);
  const mine = `${owner.path}/partners/${partner.id}`;
  const theirs = `${rita.path}/partner-tokens/${token.id}`;
  await work(story, owner, { rita, theirs });

  const stream = await openDeviceStream(stack.devicesUrl, rita.secret);
  await api.call('PATCH', mine, { secret: owner.secret, body: { permissions: ['devices.view'] } });
  tell('Ada', 'lowers the ceiling to devices.view');
  await show(story, rita);
  const asked = performance.now();
  await api.call('DELETE', mine, { secret: owner.secret });
  const answered = (performance.now() - asked).toFixed(1);
  const closed = ((await stream.closed) - asked).toFixed(1);
  tell('Ada', 'revokes the partnership', `answered after ${answered} ms, Rita's stream closed after ${closed}`);
  const { status, body } = await api.try('GET', owner.path, { secret: rita.secret });
  tell('Rita', 'stands on no account any more', `${status} ${Problem.parse(body).code}`);
}

/** The partner makes a token, the client pastes it and sets the ceiling. */
async function agree({ api, tell }: Story, owner: Owner, rita: Owner) {
  const made = await api.call('POST', `${rita.path}/partner-tokens`, { secret: rita.secret, body: {} });
  const { partnerToken, secret: pasted } = TokenShown.parse(made);
  tell('Rita', 'of the company Riggers makes a partner token', partnerToken.status);
  const body = { token: pasted, permissions: ['devices.manage', 'devices.view'] };
  const partner = Partner.parse(await api.call('POST', `${owner.path}/partners`, { secret: owner.secret, body }));
  tell('Ada', `lets ${partner.provider.name} in, with a ceiling`, partner.status);
  return { token: partnerToken, partner };
}

/** The partner authorizes herself, and moves her session into the client's account. */
async function work(story: Story, owner: Owner, { rita, theirs }: { rita: Owner; theirs: string }): Promise<void> {
  const { api, tell } = story;
  const { secret } = rita;
  const { subject } = Subject.parse(await api.call('GET', '/v1/session', { secret }));
  const body = { userIds: [subject.id], permissions: ['devices.manage', 'devices.view'] };
  await api.call('POST', `${theirs}/users`, { secret, body });
  const accountId = owner.path.split('/').at(-1);
  await api.call('PATCH', '/v1/session', { secret, body: { accountId } });
  await show(story, rita);
  const { status, body: refused } = await api.try('GET', `${owner.path}/members`, { secret });
  tell('Rita', "tries to list the client's members", `${status} ${Problem.parse(refused).code}`);
}

async function show({ api, tell }: Story, { secret }: Owner): Promise<void> {
  const { role, permissions } = Entered.parse(await api.call('GET', '/v1/session', { secret }));
  tell('Rita', "stands in the client's account", `${role} with ${permissions.join(' ')}`);
}
