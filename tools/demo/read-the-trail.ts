import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Owner, Story } from './story.ts';

const Party = z.object({ type: z.string(), name: z.string() });
const Entry = z.object({ action: z.string(), actor: Party, entity: z.object({ name: z.string().optional() }) });
const Page = z.object({ items: z.array(Entry), nextCursor: z.string().nullable() });

const PATIENCE_MS = 5_000;

/** The audit trail tells it all, with actors. It follows the events, so the last one may need a moment. */
export async function readTheTrail({ api, tell }: Story, { secret, path }: Owner): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const items = await wholeTrail(api, { secret, path });
    const isWhole = items.filter(({ action }) => action === 'session.ended').length >= 4;
    if (!isWhole && performance.now() < end) {
      await delay(100);
      continue;
    }
    if (!isWhole) throw new Error('The audit trail does not tell of the ended sessions');
    for (const { action, actor, entity } of items.reverse()) {
      tell('Audit', action.padEnd(22), `${actor.name} (${actor.type})${entity.name ? `: ${entity.name}` : ''}`);
    }
    return;
  }
}

/** Newest first. */
async function wholeTrail(
  api: Story['api'],
  { secret, path }: Pick<Owner, 'secret' | 'path'>,
): Promise<z.infer<typeof Entry>[]> {
  const entries: z.infer<typeof Entry>[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const after: string = cursor && `&cursor=${cursor}`;
    const page = Page.parse(await api.call('GET', `${path}/audit?limit=100${after}`, { secret }));
    entries.push(...page.items);
    cursor = page.nextCursor;
  }
  return entries;
}
