/** `POST /run?seconds=8` redeems on all its connections for so long and answers a round; no HTTP in between. */
import { readFile } from 'node:fs/promises';
import Fastify from 'fastify';
import { Pool } from 'pg';
import { announce } from '../../harness/child-server.ts';
import type { Round } from '../../harness/load/load.ts';
import { percentile } from '../../harness/statistics.ts';
import { redeem } from './redeem.ts';

const [databaseUrl, tokensPath = '', connections] = process.argv.slice(2);
const tokens = (await readFile(tokensPath, 'utf8')).trimEnd().split('\n');
const pool = new Pool({ connectionString: databaseUrl, max: Number(connections) });
let position = 0;

async function work(end: number, latencies: number[]): Promise<void> {
  const client = await pool.connect();
  try {
    for (let start = performance.now(); start < end; start = performance.now()) {
      await redeem(client, tokens[position++ % tokens.length] ?? '');
      latencies.push(performance.now() - start);
    }
  } finally {
    client.release();
  }
}

async function run(seconds: number): Promise<Round> {
  const latencies: number[] = [];
  const start = performance.now();
  await Promise.all(Array.from({ length: Number(connections) }, () => work(start + seconds * 1000, latencies)));
  const [p50, p99] = [percentile(latencies, 0.5), percentile(latencies, 0.99)];
  const took = (performance.now() - start) / 1000;
  return { requests: latencies.length, seconds: took, bytes: 0, failures: 0, p50, p99 };
}

const server = Fastify();
server.post<{ Querystring: { seconds: string } }>('/run', ({ query }) => run(Number(query.seconds)));
announce({ url: await server.listen({ port: 0, host: '127.0.0.1' }) });
