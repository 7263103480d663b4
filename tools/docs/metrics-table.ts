// From its file: the index of the lib has decorators, which Node does not run by stripping types.
import { Metrics } from '../../libs/observability/src/metrics.ts';
import { tableOf } from './markdown.ts';

/** The instruments that every process has, whether or not it uses them. */
export async function metricsTable(): Promise<string> {
  const all = await new Metrics().registry.getMetricsAsJSON();
  const own = all.filter(({ name }) => name.startsWith('valetkey_'));
  return tableOf(
    ['Metric', 'Kind', 'What it tells'],
    own.map(({ name, type, help }) => [`\`${name}\``, String(type), help]),
  );
}
