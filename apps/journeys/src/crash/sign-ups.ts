import { Client, person } from '../client.ts';
import { eventually } from '../eventually.ts';
import type { Processes } from './start-processes.ts';

/** People who sign up, each of whom is to have one mail. */
export class SignUps {
  private readonly emails: string[] = [];

  constructor(private readonly processes: Processes) {}

  get count(): number {
    return this.emails.length;
  }

  /** Each from an address of their own: sign-ups are counted by address. */
  async add(...names: string[]): Promise<void> {
    const gateway = new Client(this.processes.gatewayUrls[0] ?? '');
    await Promise.all(
      names.map(async (name, place) => {
        const who = person(`${name}@crash.example`);
        const headers = { 'x-forwarded-for': `198.51.100.${this.emails.length + place}` };
        const { status } = await gateway.call('POST', '/v1/users', { body: { ...who, accountName: name }, headers });
        if (status !== 202) throw new Error(`Signing up answered ${status}`);
        this.emails.push(who.email);
      }),
    );
  }

  /** Resolves once everybody has a mail. @returns the Message-IDs of all mails to them, one that came twice twice. */
  async untilMailed(): Promise<string[]> {
    return eventually('a mail for everybody who signed up', async () => {
      const mails = this.processes.mailbox
        .messages()
        .filter(({ envelope }) => this.emails.includes(envelope.to[0] ?? ''));
      const reached = new Set(mails.flatMap(({ envelope }) => envelope.to));
      return reached.size === this.emails.length ? mails.map(({ messageId = '' }) => messageId) : undefined;
    });
  }
}
