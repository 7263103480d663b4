import type { FastifyInstance } from 'fastify';

const HANG_UP_EVERY_MS = 100;

/**
 * Takes nothing new, answers what is under way, and then hangs up on everybody. Fastify by itself leaves a connection that
 * was busy when the closing began open for as long as its client likes, and waits for it.
 */
export async function closeGently(fastify: FastifyInstance): Promise<void> {
  const hangingUp = setInterval(() => fastify.server.closeIdleConnections(), HANG_UP_EVERY_MS);
  try {
    await fastify.close();
  } finally {
    clearInterval(hangingUp);
  }
}
