import {
  Counter,
  type CounterConfiguration,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  Registry,
} from 'prom-client';

const PREFIX = 'valetkey_';

/** Seconds: from an answer out of memory to the longest that a caller waits. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type Options<Configuration> = Omit<Configuration, 'registers'>;

/** Makes and registers instruments. They are named without `valetkey_`, which is put before each. */
export class Instruments {
  readonly registry = new Registry();

  /** What only grows; its name ends in `_total`. */
  counter<Label extends string = never>(options: Options<CounterConfiguration<Label>>): Counter<Label> {
    return new Counter({ ...options, name: PREFIX + options.name, registers: [this.registry] });
  }

  /** What goes up and down. Without labels it is left out until it is first set, so that a process tells only what it knows. */
  gauge<Label extends string = never>(options: Options<GaugeConfiguration<Label>>): Gauge<Label> {
    const gauge = new Gauge({ ...options, name: PREFIX + options.name, registers: [this.registry] });
    if (!options.labelNames?.length) gauge.remove();
    return gauge;
  }

  /** How values spread; seconds unless it is given other buckets, its name then ending in `_seconds`. */
  histogram<Label extends string = never>(options: Options<HistogramConfiguration<Label>>): Histogram<Label> {
    return new Histogram({ buckets: BUCKETS, ...options, name: PREFIX + options.name, registers: [this.registry] });
  }
}
