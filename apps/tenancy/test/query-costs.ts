import { jest } from '@jest/globals';
import { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Tenancy } from './tenancy.ts';

const Statement = z.object({ text: z.string(), values: z.array(z.unknown()).default([]) });
type Statement = z.infer<typeof Statement>;

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}
const Plan: z.ZodType<Plan> = z.looseObject({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Actual Rows': z.number(),
  'Actual Loops': z.number(),
  'Rows Removed by Filter': z.number().optional(),
  get Plans() {
    return z.array(Plan).optional();
  },
});
const Explained = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan })]) })]);

/** What one request cost the database: rows that were read, and the indexes that found them. */
interface Cost {
  rows: number;
  indexes: string[];
}

/** Listens to the statements of a service, and has the database explain each by what it really reads. */
export class QueryCosts {
  private readonly spies: { mock: { calls: unknown[][] } }[] = [];

  private constructor(private readonly tenancy: Tenancy) {}

  static async listen(tenancy: Tenancy): Promise<QueryCosts> {
    const costs = new QueryCosts(tenancy);
    const pool = await tenancy.service.app.get(EntityManager).getConnection().getNativeClient();
    const known = new Set<object>();
    pool.on('acquire', (client) => {
      if (!known.has(client)) costs.spies.push(jest.spyOn(client, 'query'));
      known.add(client);
    });
    return costs;
  }

  async of(asked: Promise<unknown>): Promise<Cost> {
    await asked;
    const all = await this.plans();
    return {
      rows: all.map(rowsRead).reduce((sum, rows) => sum + rows, 0),
      indexes: all.flatMap(nodesOf).flatMap((node) => node['Index Name'] ?? []),
    };
  }

  /** Of what was asked since the last time. */
  private async plans(): Promise<Plan[]> {
    const calls: unknown[][] = this.spies.flatMap(({ mock }) => mock.calls.splice(0));
    const asked = calls
      .map(([query, values]): Statement => Statement.parse(typeof query === 'string' ? { text: query, values } : query))
      .filter(({ text }) => /^(SELECT|WITH)/i.test(text));
    const explained = [];
    for (const { text, values } of asked) {
      const rows = await this.tenancy.sql(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values);
      explained.push(Explained.parse(rows)[0]['QUERY PLAN'][0].Plan);
    }
    return explained;
  }
}

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

function rowsRead(plan: Plan): number {
  const perNode = nodesOf(plan)
    .filter(({ Plans }) => !Plans)
    .map((node) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']);
  return perNode.reduce((sum, count) => sum + count, 0);
}
