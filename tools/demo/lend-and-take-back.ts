import { z } from 'zod';
import { openDeviceStream } from './device-stream.ts';
import { makeToken, redeem, tryToRedeem } from './login-tokens.ts';
import type { Owner, Story } from './story.ts';

const Sessions = z.object({
  items: z.array(z.object({ address: z.string(), userAgent: z.string(), createdAt: z.string() })),
});

/** A permanent token for two sessions, deleted while both are in. */
export async function lendAndTakeBack(story: Story, owner: Owner): Promise<void> {
  const { api, stack, tell } = story;
  const token = await makeToken(story, owner, { name: 'Night shift', type: 'permanent', maxSessions: 2 });
  tell('Ada', 'makes the permanent token "Night shift" for two sessions', token.status);
  const clients = [
    await redeem(story, token.secret, 'crane-console/1'),
    await redeem(story, token.secret, 'crane-console/2'),
  ];
  tell('Two clients', 'come in with it');
  tell('A third', 'is refused', await tryToRedeem(story, token.secret));
  const { secret, path } = owner;
  const live = Sessions.parse(await api.call('GET', `${path}/login-tokens/${token.id}/sessions`, { secret }));
  for (const { address, userAgent, createdAt } of live.items)
    tell('Ada', 'sees', `${userAgent} from ${address} since ${createdAt}`);
  const streams = await Promise.all(clients.map((client) => openDeviceStream(stack.devicesUrl, client)));
  const asked = performance.now();
  const deleted = api.call('DELETE', `${path}/login-tokens/${token.id}`, { secret });
  const [answered, ...closed] = await Promise.all([
    deleted.then(() => performance.now()),
    ...streams.map((stream) => stream.closed),
  ]);
  tell('Ada', 'deletes the token', `answered after ${(answered - asked).toFixed(1)} ms`);
  const last = Math.max(...closed) - asked;
  tell('Both', 'streams are closed', `${last.toFixed(1)} ms after the request to delete`);
  for (const client of clients) {
    const { status } = await api.try('GET', '/v1/session', { secret: client });
    tell('Both', 'sessions are refused', String(status));
  }
}
