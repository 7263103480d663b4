import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Failure, Problem, type ProblemCode, problems } from '@valetkey/contracts';
import Fastify, { type FastifyInstance } from 'fastify';
import { problemOf, sendProblem } from './problem.ts';

const codes = Object.keys(problems).filter((code): code is ProblemCode => code in problems);

describe('A problem', () => {
  it.each(codes)('%s says what to do about it', (code) => {
    const problem = Problem.parse(problemOf(new Failure(code), 'r'));
    expect(problem.detail).toMatch(/^[A-Z].{10,}\.$/);
    expect(problem.detail).not.toContain(problem.title);
  });

  it('says what its refusal says, where that is closer', () => {
    expect(problemOf(new Failure('guessable_password', { detail: 'It is a name.' }), 'r').detail).toBe('It is a name.');
  });

  it('that is malformed always points to something', () => {
    const errors = [{ pointer: '/name', detail: 'is too long' }];
    expect(problemOf(new Failure('malformed', { errors }), 'r').errors).toEqual(errors);
    for (const nothing of [{}, { errors: [] }]) {
      expect(problemOf(new Failure('malformed', nothing), 'r').errors).toEqual([
        { pointer: '', detail: expect.any(String) },
      ]);
    }
    expect(problemOf(new Failure('not_found'), 'r')).not.toHaveProperty('errors');
  });
});

describe('A 401', () => {
  let fastify: FastifyInstance;
  beforeEach(() => {
    fastify = Fastify();
    fastify.get('/:code', (request, reply) => {
      const code = codes.find((one) => one === Reflect.get(Object(request.params), 'code'));
      return sendProblem(reply, new Failure(code ?? 'not_found'), request.id);
    });
  });
  afterEach(() => fastify.close());

  const challenge = async (code: ProblemCode, authorization?: string) => {
    const answer = await fastify.inject({ url: `/${code}`, headers: authorization ? { authorization } : {} });
    return answer.headers['www-authenticate'];
  };

  it.each(['Bearer vks_gone', 'bearer  vks_gone'])('of %s says that it is not good', async (authorization) => {
    expect(await challenge('unauthenticated', authorization)).toBe('Bearer realm="valetkey", error="invalid_token"');
  });

  it.each([undefined, 'Basic dTpw', 'Bearer', 'Bearer '])('of %s says nothing of a bearer', async (authorization) => {
    expect(await challenge('unauthenticated', authorization)).toBe('Bearer realm="valetkey"');
  });

  it.each(['invalid_credentials', 'invalid_token', 'wrong_password'] as const)(
    'for %s blames no bearer, whoever sends one',
    async (code) => {
      expect(await challenge(code)).toBe('Bearer realm="valetkey"');
      expect(await challenge(code, 'Bearer vks_good')).toBe('Bearer realm="valetkey"');
    },
  );

  it('is the only one with a challenge', async () => {
    expect(await challenge('forbidden', 'Bearer vks_good')).toBeUndefined();
  });
});
