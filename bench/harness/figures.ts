import { OURS } from './contender-name.ts';
import { atLeast, type Bar } from './bar.ts';
import type { Measured } from './rounds.ts';
import type { Figure, Outcome } from './scenario.ts';
import { median } from './statistics.ts';

/** A promise of the form "ours is so many times the peer's rate". */
export interface PeerBar {
  id: string;
  what: string;
  peer: string;
  bar: number;
}

/** The raw rates, and ours against each peer; no bars where ours was not measured. */
export function compared(scenario: string, measured: Measured[], bars: PeerBar[]): Outcome {
  const ours = measured.find(({ name }) => name === OURS);
  return {
    figures: measured.map((each) => rateFigure(scenario, each)),
    bars: ours ? bars.map((bar) => against(measured, ours, bar)) : [],
  };
}

/** The median of the turns' ratios: a turn's rounds follow each other, so what slows one mostly slows the other. */
function against(measured: Measured[], ours: Measured, { peer, what, ...bar }: PeerBar): Bar {
  const theirs = measured.find(({ name }) => name === peer);
  if (!theirs) throw new Error(`${peer} was not measured`);
  const ratios = ours.rounds.map((rate, turn) => rate / (theirs.rounds[turn] ?? NaN));
  return atLeast({ ...bar, what: `${what} against ${peer}`, value: median(ratios), unit: '×' });
}

const rateFigure = (scenario: string, { name, rate, ...details }: Measured): Figure => ({
  scenario,
  name,
  value: rate,
  unit: 'req/s',
  details,
});
