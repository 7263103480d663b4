/** An open stream of devices, as a client of example-devices holds it. */
export interface DeviceStream {
  /** Resolves with the time (`performance.now()`) at which the server closed it. */
  closed: Promise<number>;
}

/** Opens the stream and waits for its first message. */
export async function openDeviceStream(devicesUrl: string, secret: string): Promise<DeviceStream> {
  const response = await fetch(`${devicesUrl}/devices/stream`, { headers: { authorization: `Bearer ${secret}` } });
  if (!response.ok || !response.body) throw new Error(`The device stream answered ${response.status}`);
  const reader = response.body.getReader();
  await reader.read();
  return { closed: readToTheEnd(reader) };
}

async function readToTheEnd(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<number> {
  for (;;) {
    const { done } = await reader.read();
    if (done) return performance.now();
  }
}
