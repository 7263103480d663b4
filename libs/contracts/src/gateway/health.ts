import { z } from 'zod';
import { anyone } from '../kernel/access.ts';
import { defineRoute } from './route.ts';

const Well = z.object({ status: z.literal('ok') });
const Away = z.object({ status: z.literal('unavailable'), away: z.array(z.string()) });
const shape = { input: z.object({}), answer: Well, errors: [], access: anyone() } as const;

export const getLiveness = defineRoute({
  ...shape,
  name: 'health.live',
  summary: 'Whether the gateway runs',
  http: { method: 'GET', path: '/health/live', success: 200 },
});

export const getReadiness = defineRoute({
  ...shape,
  name: 'health.ready',
  summary: 'Whether the gateway has what it needs; 503 names what is away',
  http: { method: 'GET', path: '/health/ready', success: 200, away: Away },
});
