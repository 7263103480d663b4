import type { Round } from './load/load.ts';

/** Whatever can be measured in rounds beside others. */
export interface Racer {
  name: string;
  warmUp(): Promise<void>;
  round(): Promise<Round>;
}
