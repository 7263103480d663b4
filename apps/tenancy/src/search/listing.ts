import type { Reach } from '../access/reach.rules.ts';
import type { Parameters } from './parameters.ts';

/** A column with an index of its trigrams: that of the row whose `key` is what a row `m` has as its `of`. */
interface SearchedText {
  readonly table: string;
  readonly column: string;
  readonly key: string;
  readonly of: string;
}

interface Listed {
  readonly table: 'memberships' | 'organizations' | 'invitations' | 'partnerships' | 'partner_users';
  /** Whose rows they are: an account's, or a partnership's. */
  readonly of: { readonly column: string; readonly id: string };
  /** What of it is asked for: conditions on `m`. */
  readonly only: (parameters: Parameters) => string[];
  /** After the row of this id, which need not be there. */
  readonly cursor: string | undefined;
  /** What is searched; a row is found by any of them. */
  readonly texts: readonly SearchedText[];
}

/** All rows there are, for whoever may list them at all. */
interface WholeListing extends Listed {
  readonly reach: 'everywhere';
}

/** Rows as somebody sees them who reaches some of them. */
interface ReachedListing extends Listed {
  readonly reach: Reach;
  /** The columns that name the group and the organization through which a row is reached. */
  readonly group: string;
  readonly organization: string;
  /** Every value of these columns that a group's rows may have here, where an index has them before the id. */
  readonly lanes?: Readonly<Record<string, readonly string[]>>;
}

/** A list of rows `m`, newest first. */
export type Listing = WholeListing | ReachedListing;
