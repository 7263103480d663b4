import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const Mails = z.array(
  z.object({
    to: z.array(z.object({ address: z.string() })).optional(),
    subject: z.string().optional(),
    text: z.string().optional(),
  }),
);

const PATIENCE_MS = 15_000;

/** The secret in the newest mail to an address, from the mail catcher's REST API. Waits for the mail to come. */
export async function secretMailedTo(mailUrl: string, address: string, prefix: string): Promise<string> {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    const mails = Mails.parse(await (await fetch(`${mailUrl}/email`)).json());
    const mine = mails.filter(({ to }) => to?.some((one) => one.address === address)).reverse();
    for (const { text = '' } of mine) {
      const secret = new RegExp(`${prefix}_[0-9A-Za-z]{49}`).exec(text)?.[0];
      if (secret) return secret;
    }
    await delay(100);
  }
  throw new Error(`No mail with a ${prefix} secret came to ${address} within ${PATIENCE_MS / 1000} s`);
}
