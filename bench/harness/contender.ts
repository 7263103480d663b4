import type { Question, Records } from './load/load.ts';

/** One server under the same load as the others. */
export interface Contender {
  name: string;
  url: string;
  question: Question;
  records: Records;
  /** Whether this is the body of a *right* answer: a fast wrong one must not win. */
  accepts(body: string): boolean;
}
