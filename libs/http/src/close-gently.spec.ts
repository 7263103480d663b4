import { describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { closeGently } from './close-gently.ts';

describe('a server that closes', () => {
  it('answers what is under way, and does not wait for the client to hang up', async () => {
    const fastify = Fastify({ forceCloseConnections: 'idle' });
    const arrived = Promise.withResolvers<undefined>();
    const mayAnswer = Promise.withResolvers<string>();
    fastify.get('/', () => {
      arrived.resolve(undefined);
      return mayAnswer.promise;
    });
    const answer = fetch(await fastify.listen({ host: '127.0.0.1', port: 0 }));
    await arrived.promise;
    const closed = closeGently(fastify);
    mayAnswer.resolve('all is well');
    expect(await (await answer).text()).toBe('all is well');
    await closed;
  });
});
