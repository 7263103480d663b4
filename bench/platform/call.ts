import { send } from '../harness/send.ts';

/** One request of JSON and its answer; whatever is refused stops the run. */
export async function call<T>(gateway: string, method: string, path: string, body?: object, headers = {}): Promise<T> {
  const { status, body: text } = await send(gateway, {
    method,
    path,
    headers: { ...(body && { 'Content-Type': 'application/json' }), ...headers },
    body: body && JSON.stringify(body),
  });
  if (status >= 300) throw new Error(`${method} ${path} answered ${status} ${text}`);
  return JSON.parse(text || 'null');
}
