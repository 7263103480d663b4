import { z } from 'zod';

/** Speaks to the gateway as any client would. */
export interface Api {
  /** The answer's body. @throws Error with method, path, status and problem when the status is not a success. */
  call(method: string, path: string, options?: CallOptions): Promise<unknown>;
  /** The status and the body, whatever they are. */
  try(method: string, path: string, options?: CallOptions): Promise<{ status: number; body: unknown }>;
}

interface CallOptions {
  secret?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export function apiAt(baseUrl: string): Api {
  const attempt = async (method: string, path: string, { secret, body, headers }: CallOptions = {}) => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, body: parsed };
  };
  return {
    try: attempt,
    call: async (method, path, options) => {
      const { status, body } = await attempt(method, path, options);
      if (status >= 400) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(body)}`);
      return body;
    },
  };
}

export const Opened = z.object({
  secret: z.string(),
  session: z.object({ id: z.string(), account: z.object({ id: z.string(), name: z.string() }).optional() }),
});

/** Signs in; the session's secret and the account it stands in. */
export async function signIn(
  api: Api,
  { email, password }: { email: string; password: string },
): Promise<{ secret: string; accountId: string }> {
  const { secret, session } = Opened.parse(await api.call('POST', '/v1/sessions', { body: { email, password } }));
  if (!session.account) throw new Error(`${email} stands in no account`);
  return { secret, accountId: session.account.id };
}
