import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

export interface Outgoing {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface Answer {
  status: number;
  body: string;
  /** On the wire, headers included. */
  bytes: number;
}

/** One request on a kept connection, at a fraction of what `fetch` costs. */
export function send(url: string, { method, path, headers, body }: Outgoing): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, url), { agent, method, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const content = Buffer.concat(chunks);
        const bytes = headLength(incoming.rawHeaders) + content.length;
        resolve({ status: incoming.statusCode ?? 0, body: content.toString(), bytes });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Of the status line and the headers: each of their parts is followed by two characters. */
const headLength = (rawHeaders: string[]): number =>
  rawHeaders.reduce((sum, part) => sum + part.length + 2, 'HTTP/1.1 200 OK\r\n\r\n'.length);
