import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { verificationScript } from './verification.script.ts';

const SECRET = `vkv_${'0'.repeat(49)}`;

/** As much of a browser as the script touches. */
function open(hash: string, answer: { status: number; code?: string } | Error = { status: 204 }) {
  const attributes = new Map<string, string>();
  const element = {
    setAttribute: (name: string, value: string) => void attributes.set(name, value),
    getAttribute: (name: string) => attributes.get(name) ?? null,
    removeAttribute: (name: string) => void attributes.delete(name),
    focus: jest.fn(),
    select: jest.fn(),
  };
  const listeners = new Map<string, (event: { preventDefault(): void }) => Promise<void>>();
  const addEventListener = (event: string, listener: () => Promise<void>) => void listeners.set(event, listener);
  const password = { ...element, value: 'the password of the sign-up' };
  const form = {
    hidden: true,
    dataset: { action: '../v1/email-verifications' },
    elements: { password },
    querySelector: () => element,
    reset: jest.fn(),
    addEventListener,
  };
  const said = {
    confirmed: 'confirmed',
    invalid: 'invalid',
    incomplete: 'incomplete',
    wrongPassword: 'wrong',
    tooMany: 'wait',
    failed: 'failed',
    busy: 'busy',
  };
  const status = { ...element, className: '', textContent: '', dataset: said };
  const location = { hash, pathname: '/open/verification' };
  const history = {
    replaceState: jest.fn(
      (_state: unknown, _title: string, url: string) => void (location.hash = url.split('#')[1] ?? ''),
    ),
  };
  const fetch = jest.fn(async (_url: string, _request: { body: string }) => {
    if (answer instanceof Error) throw answer;
    return { status: answer.status, json: async () => ({ code: answer.code }) };
  });
  const document = { querySelector: (selector: string) => (selector === 'form' ? form : status) };
  runInNewContext(verificationScript, { document, location, history, fetch, addEventListener });
  const submit = async () => listeners.get('submit')?.({ preventDefault: () => undefined });
  return { form, password, status, history, fetch, submit, listeners, location };
}

describe('The page of a verification', () => {
  let page: ReturnType<typeof open>;
  beforeEach(() => {
    page = open(`#${SECRET}`);
  });

  it('takes the secret out of the address bar at once, and asks nobody', () => {
    expect(page.history.replaceState).toHaveBeenCalledWith(null, '', '/open/verification');
    expect(page.location.hash).toBe('');
    expect(page.form.hidden).toBe(false);
    expect(page.fetch).not.toHaveBeenCalled();
  });

  it('posts secret and password in the body, when its button is pressed', async () => {
    await page.submit();
    const [url, request] = page.fetch.mock.calls[0] ?? [];
    expect(url).toBe('../v1/email-verifications');
    expect(JSON.parse(request?.body ?? '')).toEqual({ token: SECRET, password: 'the password of the sign-up' });
    expect(page.status).toMatchObject({ textContent: 'confirmed', className: 'done' });
    expect(page.form.hidden).toBe(true);
    expect(page.form.reset).toHaveBeenCalled();
  });

  it.each(['', '#', '#vkv_short', `#vkl_${'0'.repeat(49)}`, '#<img>'])(
    'opened with %j says that the link is incomplete',
    (hash) => {
      const { form, status } = open(hash);
      expect(form.hidden).toBe(true);
      expect(status.textContent).toBe('incomplete');
    },
  );

  it.each([
    [{ status: 401, code: 'wrong_password' }, 'wrong', false],
    [{ status: 401, code: 'invalid_token' }, 'invalid', true],
    [{ status: 400, code: 'malformed' }, 'invalid', true],
    [{ status: 429, code: 'too_many_requests' }, 'wait', false],
    [{ status: 503, code: 'unavailable' }, 'failed', false],
    [new TypeError('no network'), 'failed', false],
  ])('refused with %j says so', async (answer, text, hidden) => {
    const { form, status, submit, fetch } = open(`#${SECRET}`, answer);
    await submit();
    expect(status.textContent).toBe(text);
    expect(form.hidden).toBe(hidden);
    await submit();
    expect(fetch).toHaveBeenCalledTimes(2);
  });
});
