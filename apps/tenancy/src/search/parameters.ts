import type { SqlValue } from '@valetkey/persistence';

/** The values of a statement that is put together, in the order of their `$1`, `$2` … */
export class Parameters {
  readonly values: SqlValue[] = [];

  /** What stands for the value in the text. */
  add(value: SqlValue): string {
    return `$${this.values.push(value)}`;
  }

  /**
   * The same for a value that the planner is not to know. Of one that is common it would expect to meet it soon on a walk over
   * all rows, wherever they lie: the index that begins with the column finds it for certain.
   */
  unknown(value: SqlValue, type: 'uuid' | 'text'): string {
    return `(SELECT ${this.add(value)}::${type})`;
  }
}
