import { PassThrough } from 'node:stream';
import { Failure } from '@valetkey/contracts';
import { sendProblem } from '@valetkey/http';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Access } from './access.ts';
import { type Device, Devices } from './devices.ts';

/** The devices and each change of them, as server-sent events, until the session ends. */
@Injectable()
export class DeviceStreamRoutes {
  private readonly open = new Set<EventStream>();

  constructor(
    private readonly access: Access,
    private readonly devices: Devices,
  ) {}

  register(fastify: FastifyInstance): void {
    fastify.get('/devices/stream', (request, reply) => this.stream(request, reply));
    fastify.addHook('preClose', async () => this.open.forEach((stream) => stream.finish('stopping')));
  }

  private async stream(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const admitted = await this.access.admit(request, 'devices.view');
    if (admitted instanceof Failure) return sendProblem(reply, admitted, request.id);
    const { place } = admitted;
    const stream = new EventStream();
    const stopFollowing = this.devices.follow(place, (device) => void this.show(stream, device, place, request));
    const stopWatching = this.access.watch(request, 'devices.view', place, (reason) => stream.finish(reason));
    this.open.add(stream);
    stream.once('close', () => {
      stopFollowing();
      stopWatching();
      this.open.delete(stream);
    });
    for (const device of this.devices.of(place)) stream.tell('device', device);
    return reply.type('text/event-stream').send(stream);
  }

  /** The session may have lost the permission, or have moved to another organization, and live on. */
  private async show(stream: EventStream, device: Device, place: string, request: FastifyRequest): Promise<void> {
    const admitted = await this.access.admit(request, 'devices.view');
    if (admitted instanceof Failure) stream.finish(admitted.code);
    else if (admitted.place !== place) stream.finish('moved');
    else stream.tell('device', device);
  }
}

/** @see https://html.spec.whatwg.org/multipage/server-sent-events.html */
class EventStream extends PassThrough {
  tell(event: string, data: object): void {
    if (!this.writable) return;
    // Who does not read is let go, before what waits for them fills the memory.
    if (!this.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)) this.destroy();
  }

  /** Says why, so that a client knows better than to reconnect. */
  finish(reason: string): void {
    this.tell('end', { reason });
    this.end();
  }
}
