import type { Postgres } from '@valetkey/testing/stack';
import type { Platform } from '../platform/platform.ts';
import type { Bar } from './bar.ts';
import type { Generator } from './load/load.ts';

export interface Bench {
  postgres: Postgres;
  generator: Generator;
  /** For the generators' records; gone after the run. */
  folder: string;
  /** What the scenario started, ended after it in reverse order. */
  started: AsyncDisposableStack;
  /** Absent when only the peers are measured. */
  platform?: Platform;
}

/** A raw figure: what stands behind the bars. */
export interface Figure {
  scenario: string;
  name: string;
  value: number;
  unit: string;
  /** e.g. spread and latencies */
  details?: Record<string, number | number[]>;
}

export interface Outcome {
  figures: Figure[];
  bars: Bar[];
}

/** Of a scenario without a peer, when only the peers are measured. */
export const nothing: Outcome = { figures: [], bars: [] };

export type Scenario = (bench: Bench) => Promise<Outcome>;
