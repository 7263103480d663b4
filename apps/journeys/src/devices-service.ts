import { readConfig } from '@valetkey/config';
import { DevicesModule } from '@valetkey/example-devices';
import { devicesConfig } from '@valetkey/example-devices/config';
import { HttpServer } from '@valetkey/example-devices/http-server';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Client } from './client.ts';
import { registerServer } from './operator.ts';
import type { Platform } from './start-platform.ts';

/** A server-sent event of the device stream. */
export interface DeviceEvent {
  event: string;
  data: unknown;
}

/** The example service, another team's, which asks the first gateway and hears of every change of access. */
export class DevicesService {
  private constructor(
    private readonly app: INestApplicationContext,
    private readonly url: string,
  ) {}

  static async of({ bus, gatewayUrls: [gatewayUrl] }: Platform, operator: Client): Promise<DevicesService> {
    const { clientId, secret } = await registerServer(operator, 'Devices');
    const config = readConfig(devicesConfig, {
      PORT: '0',
      HOST: '127.0.0.1',
      GATEWAY_URL: gatewayUrl,
      CLIENT_ID: clientId,
      CLIENT_SECRET: secret,
      LOG_LEVEL: 'fatal',
      ...bus.environmentOf('devices'),
    });
    const module = await Test.createTestingModule({ imports: [DevicesModule.forRoot(config)] }).compile();
    const app = await module.init();
    return new DevicesService(app, app.get(HttpServer).url);
  }

  /** The same caller, here. */
  as(caller: Client): Client {
    return caller.at(this.url);
  }

  /** The events of the caller's device stream as they arrive, until it closes. */
  async *stream({ secret = '' }: Client): AsyncGenerator<DeviceEvent, undefined> {
    const { body } = await fetch(`${this.url}/devices/stream`, { headers: { authorization: `Bearer ${secret}` } });
    if (!body) throw new Error('The stream has no body');
    let text = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const parts = (text + chunk).split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) {
        const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(part) ?? [];
        yield { event, data: JSON.parse(data) };
      }
    }
    return undefined;
  }

  async stop(): Promise<void> {
    await this.app.close();
  }
}
