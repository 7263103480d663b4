import type { Scenario } from '../harness/scenario.ts';
import { warmIntrospection } from './s1-warm-introspection.ts';
import { coldIntrospection } from './s2-cold-introspection.ts';
import { revocation } from './s3-revocation.ts';
import { growth } from './s4-growth.ts';
import { outbox } from './s5-outbox.ts';
import { redemption } from './s6-redemption.ts';
import { footprint } from './s7-footprint.ts';
import { members } from './s8-members.ts';
import { ceiling } from './s9-ceiling.ts';

/**
 * In the order of their run: what a million rows more leave the disk to do must not fall into the latencies of another,
 * and what the load of the others has left in memory is weighed last.
 */
export const scenarios: Record<string, Scenario> = {
  S1: warmIntrospection,
  S2: coldIntrospection,
  S3: revocation,
  S5: outbox,
  S6: redemption,
  S9: ceiling,
  S8: members,
  S4: growth,
  S7: footprint,
};
