import { describe, expect, it } from '@jest/globals';
import { loginTokenDeleted, sessionEnded } from '@valetkey/contracts';
import type { AccessEvent } from '../access-event.ts';
import { makeAccessEvent } from '../testing/index.ts';
import { UndecodableEventError } from '../undecodable-event.error.ts';
import { byType } from './by-type.ts';
import { memoryInbox } from './memory-inbox.ts';
import { on } from './on.ts';
import { once } from './once.ts';

const tokenDeleted = (name = 'Service visit') => makeAccessEvent(loginTokenDeleted, { data: { name } });
const sessionOver = makeAccessEvent(sessionEnded, {
  data: { kind: 'portal', subject: { type: 'user', id: 'ada' }, reason: 'signed-out' },
});

describe('Handlers by type', () => {
  it('get the events of their type, in order, with their data parsed', async () => {
    const names: string[] = [];
    const handle = byType(on(loginTokenDeleted, async ({ data }) => void names.push(data.name)));

    await handle([tokenDeleted('first'), sessionOver, tokenDeleted('second')]);

    expect(names).toEqual(['first', 'second']);
  });

  it('refuse data that does not fit the type', async () => {
    const handle = byType(on(loginTokenDeleted, async () => undefined));
    await expect(handle([{ ...tokenDeleted(), data: { name: 7 } }])).rejects.toThrow(UndecodableEventError);
  });

  it('cannot be two for one type', () => {
    const route = on(sessionEnded, async () => undefined);
    expect(() => byType(route, route)).toThrow('two handlers claim the same type');
  });
});

describe('Once', () => {
  const effects = () => {
    const seen: string[] = [];
    return { seen, note: async (events: readonly AccessEvent[]) => void seen.push(...events.map(({ id }) => id)) };
  };

  it('an event that comes again has no second effect', async () => {
    const { seen, note } = effects();
    const handle = once(memoryInbox(), note);
    const [first, second] = [tokenDeleted(), tokenDeleted()];

    expect(await handle([first, first])).toEqual({ duplicates: 1 });
    expect(await handle([first, second])).toEqual({ duplicates: 1 });
    expect(seen).toEqual([first.id, second.id]);
  });

  it('an event whose effect failed is not taken for handled', async () => {
    const inbox = memoryInbox();
    const event = tokenDeleted();
    const failing = once(inbox, async () => Promise.reject(new Error('no database')));
    await expect(failing([event])).rejects.toThrow('no database');

    const { seen, note } = effects();
    await once(inbox, note)([event]);

    expect(seen).toEqual([event.id]);
  });

  it('hands the transaction to typed handlers', async () => {
    const claimedBefore: boolean[] = [];
    const route = on(loginTokenDeleted, async ({ id }, transaction: Set<string>) => {
      claimedBefore.push(transaction.has(id));
    });

    await once(memoryInbox(), byType(route))([tokenDeleted()]);

    expect(claimedBefore).toEqual([true]);
  });

  it('forgets the oldest ids in memory beyond its limit', async () => {
    const { seen, note } = effects();
    const handle = once(memoryInbox(2), note);
    const [first, second, third] = [tokenDeleted(), tokenDeleted(), tokenDeleted()];

    for (const event of [first, second, third, first, third]) await handle([event]);

    expect(seen).toEqual([first.id, second.id, third.id, first.id]);
  });
});
