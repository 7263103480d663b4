/** A request with one place that varies: `{}` in the path, a header or the body stands for a record. */
export interface Question {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/**
 * Records in a file, one a line: the generator goes through them in order and starts over at the end. Those that stand
 * in a body are all of one length, so that one Content-Length holds for all.
 */
export interface Records {
  path: string;
  count: number;
  /** Some of them, to try the question with before and after the load. */
  sample: string[];
}

export interface Load {
  url: string;
  question: Question;
  records: Records;
  /** Where in the records this round starts. */
  offset: number;
  connections: number;
  seconds: number;
}

/** What one round of load came to. */
export interface Round {
  requests: number;
  seconds: number;
  /** Received, headers included. */
  bytes: number;
  /** Failed connections, reads, writes and time-outs, and answers other than 2xx. */
  failures: number;
  /** Latency in milliseconds. */
  p50: number;
  p99: number;
}

export interface Generator {
  name: string;
  run(load: Load): Promise<Round>;
}

export const fill = (template: string, record: string): string => template.replace('{}', record);
