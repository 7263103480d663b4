import type { Contender } from './contender.ts';
import { fill } from './load/load.ts';
import { send } from './send.ts';

/** Asks for each sample record once and insists on the right answer. Answers the mean size of an answer in bytes. */
export async function tryContender({ name, url, question, records, accepts }: Contender): Promise<number> {
  let bytes = 0;
  for (const record of records.sample) {
    const filled = Object.entries(question.headers).map(([header, value]) => [header, fill(value, record)]);
    const answer = await send(url, {
      method: question.method,
      path: fill(question.path, record),
      headers: Object.fromEntries(filled),
      body: question.body && fill(question.body, record),
    });
    if (answer.status >= 300 || !accepts(answer.body)) {
      throw new Error(`${name} answered ${answer.status} ${answer.body.slice(0, 300)}`);
    }
    bytes += answer.bytes;
  }
  return bytes / records.sample.length;
}
