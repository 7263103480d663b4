import { on } from '@valetkey/access-events';
import {
  type Changes,
  partnershipActivated,
  partnershipCeilingChanged,
  partnershipDeleted,
  partnershipDisabled,
  partnershipEnabled,
  partnershipLapsed,
  partnershipRevoked,
} from '@valetkey/contracts';
import { z } from 'zod';
import { partnershipActivatedNotice } from '../notices/partnerships/partnership-activated.notice.ts';
import { partnershipCeilingChangedNotice } from '../notices/partnerships/partnership-ceiling-changed.notice.ts';
import { partnershipDeletedNotice } from '../notices/partnerships/partnership-deleted.notice.ts';
import { partnershipDisabledNotice } from '../notices/partnerships/partnership-disabled.notice.ts';
import { partnershipEnabledNotice } from '../notices/partnerships/partnership-enabled.notice.ts';
import { partnershipLapsedNotice } from '../notices/partnerships/partnership-lapsed.notice.ts';
import { partnershipRevokedNotice } from '../notices/partnerships/partnership-revoked.notice.ts';
import type { Occasion } from './occasion.ts';

type Counterpart = { name: string } | undefined;

/** What the other company did in a partnership is told an account's owners, and that nobody took up their token. */
export const partnershipEvents = [
  on(partnershipActivated, async ({ data: { permissions, ...data } }, occasion: Occasion) =>
    occasion.tellOfCounterpart(partnershipActivatedNotice, factsOf(data, { permissions })),
  ),
  on(partnershipCeilingChanged, async ({ data: { permissions, changes, ...data } }, occasion: Occasion) => {
    const facts = { permissions, ...differenceOf(changes) };
    await occasion.tellOfCounterpart(partnershipCeilingChangedNotice, factsOf(data, facts));
  }),
  on(partnershipRevoked, async ({ data }, occasion: Occasion) =>
    occasion.tellOfCounterpart(partnershipRevokedNotice, factsOf(data, {})),
  ),
  on(partnershipDisabled, async ({ data }, occasion: Occasion) =>
    occasion.tellOfCounterpart(partnershipDisabledNotice, factsOf(data, {})),
  ),
  on(partnershipEnabled, async ({ data }, occasion: Occasion) =>
    occasion.tellOfCounterpart(partnershipEnabledNotice, factsOf(data, {})),
  ),
  on(partnershipDeleted, async ({ data }, occasion: Occasion) =>
    occasion.tellOfCounterpart(partnershipDeletedNotice, factsOf(data, {})),
  ),
  on(partnershipLapsed, async ({ data: { clientName } }, occasion: Occasion) =>
    occasion.tellOwners(partnershipLapsedNotice, (accountName) => ({ accountName, clientName })),
  ),
];

/** Facts with the present name of one's own account and that of the other company. */
function factsOf<More extends object>({ counterpart }: { counterpart?: Counterpart }, more: More) {
  return (accountName: string) => ({ accountName, counterpart: counterpart?.name ?? '', ...more });
}

const Names = z.array(z.string()).catch([]);

function differenceOf(changes: Changes): { added: string[]; removed: string[] } {
  const change = changes.find(({ field }) => field === 'permissions');
  const [from, to] = [Names.parse(change?.from), Names.parse(change?.to)];
  return { added: to.filter((name) => !from.includes(name)), removed: from.filter((name) => !to.includes(name)) };
}
