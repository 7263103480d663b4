/** A server could not listen: another process has its port. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly port: number;

  constructor(port: number, server: string) {
    super(`${server} cannot listen on 127.0.0.1:${port}: the port is taken`);
    this.port = port;
  }
}
