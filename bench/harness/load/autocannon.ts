import { readFile } from 'node:fs/promises';
import autocannon from 'autocannon';
import { fill, type Generator } from './load.ts';

/** Where wrk cannot be had. It costs about as much CPU as the servers it asks: every contender's figures are lower. */
export const autocannonGenerator: Generator = {
  name: 'autocannon',
  async run({ url, question, records, offset, connections, seconds }) {
    const all = (await readFile(records.path, 'utf8')).trimEnd().split('\n');
    let position = offset;
    const next = (): string => all[position++ % all.length] ?? '';
    const { path, method, headers, body } = question;
    const setupRequest = (request: autocannon.Request): autocannon.Request => {
      const record = next();
      const filled = Object.entries(headers).map(([name, value]) => [name, fill(value, record)]);
      const requestBody = body === undefined ? {} : { body: fill(body, record) };
      return { ...request, path: fill(path, record), headers: Object.fromEntries(filled), ...requestBody };
    };
    const result = await autocannon({
      url,
      connections,
      duration: seconds,
      requests: [{ method, path, setupRequest }],
    });
    return {
      requests: result.requests.total,
      seconds: result.duration,
      bytes: result.throughput.total,
      failures: result.errors + result.non2xx,
      p50: result.latency.p50,
      p99: result.latency.p99,
    };
  },
};
