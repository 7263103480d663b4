import { nothing, type Scenario } from '../harness/scenario.ts';
import { measurePages } from './s8-members/measure-pages.ts';
import { measureSearches } from './s8-members/measure-searches.ts';
import { openTenants } from './s8-members/open-tenants.ts';

/** S8: lists of members, organizations and invitations in an account of a thousand of each and in one of a hundred thousand. */
export const members: Scenario = async ({ platform }) => {
  if (!platform) return nothing;
  const { small, large } = await openTenants(platform);
  const paged = await measurePages(small, large);
  const searched = await measureSearches(large);
  return { figures: [...paged.figures, ...searched.figures], bars: [...paged.bars, ...searched.bars] };
};
