import { z } from 'zod';
import { openDeviceStream } from './device-stream.ts';
import { makeToken, redeem, statusOf, tryToRedeem } from './login-tokens.ts';
import type { Owner, Story } from './story.ts';

/** A one-time token: ready, in use, used; it never revives. */
export async function lendForAVisit(story: Story, owner: Owner): Promise<void> {
  const { api, stack, tell } = story;
  const token = await makeToken(story, owner, { name: 'Service visit', type: 'one_time' });
  tell('Ada', 'makes the one-time token "Service visit"', token.status);
  const session = await redeem(story, token.secret, 'technician-tablet');
  tell('Technician', 'redeems it, without e-mail or password', await statusOf(story, owner, token.id));
  const stream = await openDeviceStream(stack.devicesUrl, session);
  tell('Technician', 'opens a device stream at example-devices', 'open');
  const members = await api.try('GET', `${owner.path}/members`, { secret: session });
  const { code } = z.object({ code: z.string() }).parse(members.body);
  tell('Technician', "tries to list the account's members", `${members.status} ${code}`);
  tell('Stranger', 'redeems the same token again', await tryToRedeem(story, token.secret));
  await api.call('DELETE', '/v1/session', { secret: session });
  await stream.closed;
  tell('Technician', 'signs out, and the stream closes', await statusOf(story, owner, token.id));
}
