import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut: loudly, as when a machine goes down, or silently, as when a cable is pulled. */
export class TcpPath {
  private readonly sockets = new Set<Socket>();
  private server: Server;
  private frozen = false;
  private listensOn = 0;

  private constructor(private readonly target: { host: string; port: number }) {
    this.server = this.makeServer();
  }

  static async to(url: string): Promise<TcpPath> {
    const { hostname: host, port } = new URL(url);
    const path = new TcpPath({ host, port: Number(port) });
    await path.listen(0);
    return path;
  }

  /** Where it begins, also while it is cut. */
  get port(): number {
    return this.listensOn;
  }

  /** Closes every connection and takes no new one. */
  async close(): Promise<() => Promise<void>> {
    const { port } = this;
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
    return () => {
      this.server = this.makeServer();
      return this.listen(port);
    };
  }

  /** Nothing passes any more, neither way, and nobody is told. Connections are still taken. */
  freeze(): () => void {
    this.frozen = true;
    for (const socket of this.sockets) socket.pause();
    return () => {
      this.frozen = false;
      for (const socket of this.sockets) socket.resume();
    };
  }

  private makeServer(): Server {
    return createServer((client) => {
      const target = connect(this.target);
      this.join(client, target);
      this.join(target, client);
    });
  }

  private join(from: Socket, to: Socket): void {
    this.sockets.add(from);
    from.on('data', (data) => to.write(data));
    from.on('error', () => to.destroy()); // one end has hung up, and the other is to hear of it
    from.on('close', () => {
      this.sockets.delete(from);
      to.destroy();
    });
    if (this.frozen) from.pause();
  }

  private async listen(port: number): Promise<void> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    if (typeof address === 'object' && address) this.listensOn = address.port;
  }
}
