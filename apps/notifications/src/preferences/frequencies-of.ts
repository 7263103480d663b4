import type { NotificationFrequency, NotificationKind } from '@valetkey/contracts';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Preferences } from './preferences.entity.ts';
import { preferencesView } from './preferences-view.ts';

interface Wish {
  userId: string;
  kind: NotificationKind;
}

/** How users want to be told; it stays so until the transaction ends, so that nothing comes after they changed it. */
export async function frequenciesOf(
  em: EntityManager,
  wishes: readonly Wish[],
): Promise<(wish: Wish) => NotificationFrequency> {
  const userIds = wishes.filter(({ kind }) => kind !== 'security').map(({ userId }) => userId);
  const options = { lockMode: LockMode.PESSIMISTIC_READ, orderBy: { userId: 'asc' } } as const;
  const stored = userIds.length > 0 ? await em.find(Preferences, { userId: { $in: userIds } }, options) : [];
  const known = new Map(stored.map((preferences) => [preferences.userId, preferencesView(preferences)]));
  const everybody = preferencesView(null);
  return ({ userId, kind }) => (known.get(userId) ?? everybody)[kind];
}
