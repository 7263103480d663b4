import { describe, expect, it } from '@jest/globals';
import { allow, anyone, defineCommand, defineQuery, Failure } from '@valetkey/contracts';
import { anyCaller, anyContext } from '@valetkey/testing';
import { z } from 'zod';
import { dispatch, type Handling } from './dispatch.ts';
import { EarlyAnswer, Replayed } from './early-answer.ts';

const [own, key] = ['0197c7a2-0000-7000-8000-000000000001', '0197c7a2-0000-7000-8000-000000000002'];
const renameKey = defineCommand({
  subject: 'tokens.v1.key.rename',
  summary: 'Rename a key',
  input: z.strictObject({ accountId: z.uuid(), keyId: z.uuid(), name: z.string().trim().max(10) }),
  output: z.object({ name: z.string() }),
  errors: ['name_taken', 'not_found'],
  http: { method: 'PATCH', path: '/v1/accounts/{accountId}/keys/{keyId}', success: 200 },
  access: allow({ account: ['owner'] }),
});
const good = { accountId: own, keyId: key, name: 'valet' };

/** What comes of a request, and which parts of the handler it reached. */
async function renamed(input: unknown, { caller = anyCaller({ accountId: own }), ...parts }: Parts = {}) {
  const reached: string[] = [];
  const handling: Handling = {
    contract: renameKey,
    handle: async (given, context) => {
      reached.push('handler');
      return parts.handle ? parts.handle(given, context) : given;
    },
    find: async () => {
      reached.push('row');
      return parts.found ?? true;
    },
  };
  const answer = await dispatch(handling, input, { ...anyContext(caller), reply: { touched: [] } });
  return { answer, reached };
}
type Parts = { caller?: ReturnType<typeof anyCaller>; found?: boolean; handle?: Handling['handle'] };

describe('A request', () => {
  it('reaches the handler as its contract parses it, and its answer is what the contract names', async () => {
    const handle: Handling['handle'] = async (given) => ({ ...renameKey.input.parse(given), passwordHash: 'secret' });
    const { answer, reached } = await renamed({ ...good, name: ' valet ' }, { handle });
    expect(answer).toEqual({ name: 'valet' });
    expect(reached).toEqual(['handler']);
  });

  it('is refused by its caller before anything is looked at', async () => {
    const stranger = anyCaller();
    expect(await renamed({ ...good, name: 5 }, { caller: stranger, found: false })).toEqual({
      answer: new Failure('not_found'),
      reached: [],
    });
  });

  it.each([null, undefined, 5, 'text', [], {}, { ...good, accountId: 'nonsense' }])(
    'that names no account is refused as one that names another’s (%j)',
    async (input) => expect(await renamed(input)).toEqual({ answer: new Failure('not_found'), reached: [] }),
  );

  it('may spell its account in any case', async () => {
    const letters = own.replace(/01$/, 'ab');
    const caller = anyCaller({ accountId: letters });
    const handle: Handling['handle'] = async () => ({ name: 'valet' });
    const { answer } = await renamed({ ...good, accountId: letters.toUpperCase() }, { caller, handle });
    expect(answer).toEqual({ name: 'valet' });
  });

  it('for a row that is not there is refused as that, though its body is malformed', async () => {
    const missing = await renamed({ ...good, name: 5 }, { found: false });
    expect(missing).toEqual({ answer: new Failure('not_found'), reached: ['row'] });
  });

  it('whose path names no id at all is for a row that is not there', async () => {
    const missing = await renamed({ ...good, keyId: 'nonsense', name: 5 });
    expect(missing).toEqual({ answer: new Failure('not_found'), reached: [] });
  });

  it('with a malformed body is told all that is wrong with it', async () => {
    const { answer, reached } = await renamed({ ...good, name: 5, 'a/b~c': 1 });
    expect(answer).toMatchObject({
      code: 'malformed',
      extras: {
        errors: [
          { pointer: '/name', detail: expect.any(String) },
          { pointer: '/a~1b~0c', detail: 'is not a known field' },
        ],
      },
    });
    expect(reached).toEqual(['row']);
  });
});

describe('A query', () => {
  const path = { accountId: own, keyId: key };
  const { kind: _, ...shape } = renameKey;
  const readKey = defineQuery({
    ...shape,
    subject: 'tokens.v1.key.read',
    input: z.strictObject({ accountId: z.uuid(), keyId: z.uuid() }),
  });
  const read = async (input: object, answer: unknown) => {
    const handle: Handling['handle'] = async () => answer;
    const context = { ...anyContext(anyCaller({ accountId: own })), reply: { touched: [] } };
    return dispatch({ contract: readKey, handle }, input, context);
  };

  it('finds its row by itself, whatever else it was asked', async () => {
    const [there, missing] = [{ name: 'valet' }, new Failure('not_found')];
    expect(await read(path, there)).toEqual(there);
    expect(await read({ ...path, unheardOf: 1 }, missing)).toEqual(missing);
    expect(await read({ ...path, unheardOf: 1 }, there)).toMatchObject({ code: 'malformed' });
  });
});

describe('A handler', () => {
  it('that answers what it answered before, answers what its contract names, without its secret', async () => {
    const lend = defineCommand({
      ...renameKey,
      output: z.object({ key: z.object({ name: z.string() }), secret: z.string() }),
    });
    const handle: Handling['handle'] = async () => {
      throw new EarlyAnswer(
        new Replayed({ key: { name: 'valet', revision: 1 }, secret: 'vkl_kept', passwordHash: 'x' }),
      );
    };
    const context = { ...anyContext(anyCaller({ accountId: own })), reply: { touched: [] } };
    expect(await dispatch({ contract: lend, handle }, good, context)).toEqual(new Replayed({ key: { name: 'valet' } }));
  });

  it('may refuse with what its contract declares', async () => {
    const { answer } = await renamed(good, { handle: async () => new Failure('name_taken', { detail: 'by Ada' }) });
    expect(answer).toEqual(new Failure('name_taken', { detail: 'by Ada' }));
  });

  it('that refuses with anything else is at fault', async () => {
    const undeclared = renamed(good, { handle: async () => new Failure('session_limit_reached') });
    await expect(undeclared).rejects.toThrow('tokens.v1.key.rename does not declare session_limit_reached');
  });

  it('that answers something else than its contract says is at fault', async () => {
    await expect(renamed(good, { handle: async () => ({ title: 'valet' }) })).rejects.toThrow(z.ZodError);
  });
});

describe('A contract whose input takes no object', () => {
  it('is dispatched all the same', async () => {
    const count = defineCommand({
      subject: 'tokens.v1.key.count',
      summary: '',
      input: z.array(z.string()),
      output: z.number(),
      errors: [],
      access: anyone(),
    });
    const handle: Handling['handle'] = async (given) => z.array(z.string()).parse(given).length;
    const context = { ...anyContext(), reply: { touched: [] } };
    expect(await dispatch({ contract: count, handle }, ['a', 'b'], context)).toBe(2);
  });
});
