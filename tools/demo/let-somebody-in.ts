import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Opened } from '../dev/api.ts';
import { join } from '../dev/join.ts';
import { secretMailedTo } from '../dev/mails.ts';
import { openDeviceStream } from './device-stream.ts';
import { turnOn } from './modules.ts';
import type { Owner, Story } from './story.ts';

const Members = z.object({ items: z.array(z.object({ user: z.object({ id: z.string() }) })) });
const Emails = z.array(z.object({ id: z.string() }));
const Link = z.object({ id: z.string(), status: z.string(), delivery: z.string() });
const Previewed = z.object({ by: z.object({ name: z.string() }), needs: z.array(z.string()) });
const SessionShown = z.object({ actor: z.object({ type: z.string(), actor: z.object({ name: z.string() }) }) });
const AN_HOUR_MS = 3_600_000;

/** A member who cannot sign in gets a link by mail and its password by telephone, and support takes it back. */
export async function letSomebodyIn(story: Story, owner: Owner): Promise<void> {
  const { api, stack, tell } = story;
  await turnOn(story, owner, { access_links: true });
  const email = `lars.${randomBytes(4).toString('hex')}@harbour.example`;
  const accountId = owner.path.split('/').at(-1) ?? '';
  const lars = { email, password: randomBytes(15).toString('base64url'), name: 'Lars Locked-Out', role: 'viewer' };
  await join(api, stack.mailUrl, { ...owner, accountId }, lars);
  const { link, path } = await sendLink(story, owner, email);
  tell('Ada', 'mails Lars, who cannot sign in, an access link with a password', link.status);

  const token = await secretMailedTo(stack.mailUrl, email, 'vka');
  const { by, needs } = Previewed.parse(await api.call('POST', '/v1/access-links/preview', { body: { token } }));
  tell('A scanner', 'looks at the link in his mail, which consumes nothing', `by ${by.name}, needs ${needs.join()}`);
  const wrong = await api.try('POST', '/v1/sessions/access-link', { body: { token, password: 'a guess' } });
  tell('Stranger', 'guesses the password', `${wrong.status} ${z.object({ code: z.string() }).parse(wrong.body).code}`);
  const opened = Opened.parse(
    await api.call('POST', '/v1/sessions/access-link', { body: { token, password: PASSWORD } }),
  );
  const { actor } = SessionShown.parse(await api.call('GET', '/v1/session', { secret: opened.secret }));
  tell('Lars', 'gives the password from the telephone', `${actor.type} by ${actor.actor.name} acts for him`);

  const stream = await openDeviceStream(stack.devicesUrl, opened.secret);
  const asked = performance.now();
  await api.call('DELETE', path, { secret: owner.secret });
  const answered = performance.now() - asked;
  const closed = (await stream.closed) - asked;
  tell(
    'Ada',
    'deletes the link',
    `answered after ${answered.toFixed(1)} ms, his stream closed after ${closed.toFixed(1)}`,
  );
}

const PASSWORD = 'told on the telephone';

async function sendLink({ api }: Story, { secret, path }: Owner, email: string) {
  const { items } = Members.parse(await api.call('GET', `${path}/members?query=${email}`, { secret }));
  const userId = items[0]?.user.id ?? '';
  const [address] = Emails.parse(await api.call('GET', `${path}/members/${userId}/emails`, { secret }));
  const expiresAt = new Date(Date.now() + AN_HOUR_MS).toISOString();
  const body = { userId, emailId: address?.id, expiresAt, password: PASSWORD };
  const link = Link.parse(await api.call('POST', `${path}/access-links`, { secret, body }));
  return { link, path: `${path}/access-links/${link.id}` };
}
