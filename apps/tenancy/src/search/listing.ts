import type { Reach } from '../access/reach.rules.ts';
import type { Parameters } from './parameters.ts';

/** A list of rows `m` of an account, newest first, as somebody sees it who reaches some of them. */
export interface Listing {
  readonly table: 'memberships' | 'organizations' | 'invitations';
  readonly accountId: string;
  readonly reach: Reach;
  /** The columns that name the group and the organization through which a row is reached. */
  readonly group: string;
  readonly organization: string;
  /** What of it is asked for: conditions on `m`. */
  readonly only: (parameters: Parameters) => string[];
  /** Every value of these columns that a group's rows may have here, where an index has them before the id. */
  readonly lanes?: Readonly<Record<string, readonly string[]>>;
  /** After the row of this id, which need not be there. */
  readonly cursor: string | undefined;
  /** The column that is searched: of the row whose `key` is that of `m`. */
  readonly text: { readonly table: string; readonly column: string; readonly key: string };
}
