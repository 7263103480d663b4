import { randomFillSync } from 'node:crypto';

/** The parts of a `traceparent` header (W3C Trace Context §3.2.2), in lower-case hexadecimal. */
export interface Traceparent {
  /** 16 bytes, not all zero. */
  readonly traceId: string;
  /** 8 bytes, not all zero: the span that is the parent of what follows. */
  readonly spanId: string;
  /** 1 byte; its lowest bit says that the caller may have recorded the trace. */
  readonly flags: string;
}

const VERSION_00 = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Reads a `traceparent` of version 00; `undefined` for whatever is not exactly one. */
export function parseTraceparent(text: string): Traceparent | undefined {
  const [, traceId, spanId, flags] = VERSION_00.exec(text) ?? [];
  return traceId && spanId && flags ? { traceId, spanId, flags } : undefined;
}

export function formatTraceparent({ traceId, spanId, flags }: Traceparent): string {
  return `00-${traceId}-${spanId}-${flags}`;
}

/** A new span in the trace of an incoming `traceparent`, or in a new trace if there is none or it is malformed. */
export function nextTraceparent(incoming: string | undefined): string {
  const spanId = randomHex(8);
  const parent = incoming === undefined ? undefined : parseTraceparent(incoming);
  return formatTraceparent(parent ? { ...parent, spanId } : newTrace(spanId));
}

/** Not sampled, since nothing records it. */
function newTrace(spanId: string): Traceparent {
  return { traceId: randomHex(16), spanId, flags: '00' };
}

/** Drawn by the block, since a draw costs over a microsecond whatever its size, and every request makes one. */
const block = Buffer.alloc(4_096);
let used = block.length;

function randomHex(bytes: number): string {
  if (used + bytes > block.length) {
    randomFillSync(block);
    used = 0;
  }
  used += bytes;
  return block.toString('hex', used - bytes, used);
}
