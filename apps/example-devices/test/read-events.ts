/** A server-sent event with its data parsed. */
export interface ReadEvent {
  event: string;
  data: unknown;
}

/** The events of a stream as they arrive, until it closes. */
export async function* readEvents(response: Response): AsyncGenerator<ReadEvent, undefined> {
  if (!response.body) throw new Error('the answer has no body');
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const parts = (text + chunk).split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(part) ?? [];
      yield { event, data: JSON.parse(data) };
    }
  }
  return undefined;
}
