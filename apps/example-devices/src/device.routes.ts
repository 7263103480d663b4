import { Failure } from '@valetkey/contracts';
import { sendProblem } from '@valetkey/http';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Access } from './access.ts';
import { Devices } from './devices.ts';

const DeviceParameters = z.object({ id: z.string() });
const DeviceAction = z.strictObject({ action: z.enum(['turn-on', 'turn-off']) });

@Injectable()
export class DeviceRoutes {
  constructor(
    private readonly access: Access,
    private readonly devices: Devices,
  ) {}

  register(fastify: FastifyInstance): void {
    fastify.get('/devices', (request, reply) => this.list(request, reply));
    fastify.post('/devices/:id/actions', (request, reply) => this.control(request, reply));
  }

  private async list(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const admitted = await this.access.admit(request, 'devices.view');
    if (admitted instanceof Failure) return sendProblem(reply, admitted, request.id);
    return reply.send({ items: this.devices.of(admitted.place) });
  }

  private async control(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const admitted = await this.access.admit(request, 'devices.manage');
    if (admitted instanceof Failure) return sendProblem(reply, admitted, request.id);
    const { id } = DeviceParameters.parse(request.params);
    const body = DeviceAction.safeParse(request.body);
    if (!body.success) return sendProblem(reply, malformed(body.error), request.id);
    const device = this.devices.turn(admitted.place, id, body.data.action === 'turn-on' ? 'on' : 'off');
    return device ? reply.send(device) : sendProblem(reply, new Failure('not_found'), request.id);
  }
}

function malformed({ issues }: z.ZodError): Failure {
  const errors = issues.map(({ path, message: detail }) => ({
    pointer: path.map((part) => `/${String(part)}`).join(''),
    detail,
  }));
  return new Failure('malformed', { errors });
}
