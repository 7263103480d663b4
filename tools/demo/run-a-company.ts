import { randomBytes } from 'node:crypto';
import { generate } from 'otplib';
import { z } from 'zod';
import { signIn } from '../dev/api.ts';
import { type Joiner, join } from '../dev/join.ts';
import type { Owner, Story } from './story.ts';

const Named = z.object({ id: z.string(), name: z.string() });
const Names = z.object({ items: z.array(Named) });
const KeyShown = z.object({ accessKey: z.object({ id: z.string() }), secret: z.string() });
const Members = z.object({ items: z.array(z.object({ id: z.string() })) });
const ReachChange = z.object({ loses: z.array(z.object({ user: Named })) });

/** Organizations in a group, a manager of just that group, two-factor for everyone, a key for a script, and the end of it. */
export async function runACompany(story: Story, owner: Owner): Promise<void> {
  const { api, tell } = story;
  const { secret, path } = owner;
  const make = async (what: string, body: object) =>
    Named.parse(await api.call('POST', `${path}/${what}`, { secret, body }));
  const north = await make('groups', { name: 'North' });
  const pier = await make('organizations', { name: 'Pier 1', groupId: north.id });
  await make('organizations', { name: 'Dry dock' });
  tell('Ada', 'makes the organizations Pier 1, in the group North, and Dry dock');

  const nina = await inviteNina(story, owner, north.id);
  await reach(story, owner, { who: 'Nina', secret: nina.secret });
  await demandTwoFactor(story, owner, nina);
  await letAScriptIn(story, owner);

  const move = { secret, body: { groupId: null } };
  const { loses } = ReachChange.parse(await api.call('PATCH', `${path}/organizations/${pier.id}?dryRun=true`, move));
  tell(
    'Ada',
    'asks what moving Pier 1 out of the group would do',
    `${loses.map(({ user }) => user.name).join()} loses it`,
  );
  const { items } = Members.parse(await api.call('GET', `${path}/members?query=${nina.email}`, { secret }));
  const asked = performance.now();
  await api.call('DELETE', `${path}/members/${items[0]?.id}`, { secret });
  tell('Ada', 'removes Nina', `answered after ${(performance.now() - asked).toFixed(1)} ms`);
  await reach(story, owner, { who: 'Nina', secret: nina.secret });
}

type Nina = Joiner & { secret: string };

async function inviteNina({ api, stack, tell }: Story, owner: Owner, groupId: string): Promise<Nina> {
  const email = `nina.${randomBytes(4).toString('hex')}@harbour.example`;
  const password = randomBytes(15).toString('base64url');
  const nina = { email, password, name: 'Nina Manager', role: 'manager', scope: { type: 'group', id: groupId } };
  const accountId = owner.path.split('/').at(-1) ?? '';
  await join(api, stack.mailUrl, { ...owner, accountId }, nina);
  tell('Nina', 'accepts the invitation from her mail', 'manager of the group North');
  return { ...nina, secret: (await signIn(api, nina)).secret };
}

/** What the account's organizations look like to somebody. */
async function reach(
  { api, tell }: Story,
  { path }: Owner,
  { who, secret }: { who: string; secret: string },
): Promise<void> {
  const { status, body } = await api.try('GET', `${path}/organizations`, { secret });
  const seen = status === 200 ? Names.parse(body).items.map(({ name }) => name) : [];
  const outcome = status === 200 ? seen.join(', ') : `${status} ${z.object({ code: z.string() }).parse(body).code}`;
  tell(who, 'lists the organizations', outcome);
}

async function demandTwoFactor(story: Story, owner: Owner, { secret, password }: Nina): Promise<void> {
  const { api, tell } = story;
  await api.call('PATCH', `${owner.path}/policy`, { secret: owner.secret, body: { requireTwoFactor: 'everyone' } });
  tell('Ada', 'demands two-factor of everyone');
  await reach(story, owner, { who: 'Nina', secret });
  for (const who of [
    { name: 'Nina', secret, password },
    { name: 'Ada', ...owner },
  ])
    await enrol(story, who);
  await reach(story, owner, { who: 'Nina', secret });
}

async function enrol(
  { api, tell }: Story,
  { name, secret, password }: { name: string; secret: string; password: string },
): Promise<void> {
  const begun = await api.call('POST', '/v1/users/me/two-factor', { secret, body: { currentPassword: password } });
  const code = await generate({ secret: z.object({ secret: z.string() }).parse(begun).secret });
  const confirmed = await api.call('POST', '/v1/users/me/two-factor/confirm', { secret, body: { code } });
  const { recoveryCodes } = z.object({ recoveryCodes: z.array(z.string()) }).parse(confirmed);
  tell(name, 'scans the QR code and confirms with a code', `${recoveryCodes.length} recovery codes`);
}

async function letAScriptIn(story: Story, owner: Owner): Promise<void> {
  const { api, tell } = story;
  const body = { name: 'Nightly export', role: 'viewer' };
  const { accessKey, secret } = KeyShown.parse(
    await api.call('POST', `${owner.path}/access-keys`, { secret: owner.secret, body }),
  );
  tell('Ada', 'makes the access key "Nightly export", a viewer');
  await reach(story, owner, { who: 'A script', secret });
  const refused = await api.try('POST', `${owner.path}/invitations`, { secret, body: {} });
  tell(
    'A script',
    'tries to invite somebody',
    `${refused.status} ${z.object({ code: z.string() }).parse(refused.body).code}`,
  );
  await api.call('DELETE', `${owner.path}/access-keys/${accessKey.id}`, { secret: owner.secret });
  tell('Ada', 'deletes the key');
  await reach(story, owner, { who: 'A script', secret });
}
