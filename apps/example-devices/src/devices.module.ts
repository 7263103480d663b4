import { ObservabilityModule } from '@valetkey/observability';
import { type DynamicModule, Module } from '@nestjs/common';
import { Access } from './access.ts';
import { DEVICES_CONFIG } from './devices-config.token.ts';
import { DeviceRoutes } from './device.routes.ts';
import { DeviceStreamRoutes } from './device-stream.routes.ts';
import type { DevicesConfig } from './devices.config.ts';
import { Devices } from './devices.ts';
import { guardProviders } from './guard.providers.ts';
import { HttpServer } from './http-server.ts';

/** An example of another team's service: it trusts Valetkey to say who may do what, and until when. */
@Module({})
export class DevicesModule {
  static forRoot(config: DevicesConfig): DynamicModule {
    return {
      module: DevicesModule,
      imports: [ObservabilityModule.forRoot({ service: 'example-devices', config })],
      providers: [
        { provide: DEVICES_CONFIG, useValue: config },
        ...guardProviders,
        Access,
        Devices,
        DeviceRoutes,
        DeviceStreamRoutes,
        HttpServer,
      ],
    };
  }
}
