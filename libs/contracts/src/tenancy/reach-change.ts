import { z } from 'zod';
import { Role } from '../kernel/caller.ts';
import { Named } from '../kernel/fields.ts';
import { Membership } from './members.ts';

const Reacher = z.object({
  user: Named,
  role: Role.meta({ description: 'Gained, or lost: the highest there' }),
});

/** Of each list of a change that is only foretold. */
export const MAX_FORETOLD = 1000;

/** What a change would do to who reaches an organization or a group; at most a thousand of each are listed. */
export const ReachChange = z
  .object({
    gains: z.array(Reacher),
    loses: z.array(Reacher),
    ends: z.object({ memberships: z.array(Membership), keys: z.array(Named), tokens: z.array(Named) }),
  })
  .meta({
    id: 'ReachChange',
    description:
      'Who would gain and who would lose access, a change of role being both, and what would end. Who has a role in ' +
      'the whole account reaches all of it and is not named. At most 1000 of each are listed',
  });
export type ReachChange = z.infer<typeof ReachChange>;

/** `?dryRun=true`: answers what would happen, and does nothing. */
export const dryRun = {
  dryRun: z
    .preprocess((given) => (given === 'true' ? true : given === 'false' ? false : given), z.boolean())
    .default(false)
    .meta({ description: 'Answer who would gain and lose access and what would end, and do nothing' }),
};

/** How a route answers a dry run. */
export const foretold = {
  success: 200,
  answer: ReachChange,
  when: 'In a dry run: what would be, and nothing is done',
} as const;
