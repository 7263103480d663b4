import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { type Mailbox, startMailbox } from './start-mailbox.ts';

let mailbox: Mailbox;
beforeEach(async () => {
  mailbox = await startMailbox();
});
afterEach(() => mailbox.close());

const verification = {
  from: 'Valetkey <no-reply@valetkey.example>',
  to: 'Zoë <zoe@acme.example>',
  subject: 'Confirm your address, Zoë',
  text: 'Grüße',
  html: '<p>Grüße</p>',
};
const patience = { timeoutMs: 5_000 };

describe('the mailbox', () => {
  it('receives a mail and reads it', async () => {
    const waiting = mailbox.waitFor(({ subject }) => subject === verification.subject, patience);
    await createTransport(mailbox.smtpUrl).sendMail({ ...verification, bcc: 'audit@acme.example' });

    const mail = await waiting;
    expect(mail.envelope).toEqual({
      from: 'no-reply@valetkey.example',
      to: ['zoe@acme.example', 'audit@acme.example'],
    });
    expect([mail.text?.trim(), mail.html?.trim()]).toEqual(['Grüße', '<p>Grüße</p>']);
    expect(mail.raw).toContain('Message-ID:');
    expect(mailbox.messages()).toEqual([mail]);
  });

  it('finds a mail that came before it was asked for', async () => {
    await createTransport(mailbox.smtpUrl).sendMail(verification);
    expect(await mailbox.waitFor(() => true, patience)).toMatchObject({ subject: verification.subject });
  });

  it('names what came when the one waited for did not', async () => {
    await createTransport(mailbox.smtpUrl).sendMail(verification);
    await expect(mailbox.waitFor(() => false, { timeoutMs: 1 })).rejects.toThrow(
      'No such mail within 1 ms. Received: "Confirm your address, Zoë" to zoe@acme.example',
    );
  });

  it('refuses mail with the code it is told, until it takes it again', async () => {
    const client = createTransport(mailbox.smtpUrl);
    mailbox.rejectWith(451);
    await expect(client.sendMail(verification)).rejects.toMatchObject({ responseCode: 451 });
    mailbox.rejectWith(null);
    await client.sendMail(verification);

    expect(mailbox.messages()).toHaveLength(1);
  });

  it('refuses one recipient alone, and takes mail for the others', async () => {
    const client = createTransport(mailbox.smtpUrl);
    mailbox.rejectWith(550, 'zoe@acme.example');
    await expect(client.sendMail(verification)).rejects.toMatchObject({ responseCode: 550 });
    await client.sendMail({ ...verification, to: 'max@acme.example' });

    expect(mailbox.messages().map(({ envelope }) => envelope.to)).toEqual([['max@acme.example']]);
  });

  it('goes away with a client still connected, and comes back on its port', async () => {
    const pool = createTransport({ url: mailbox.smtpUrl, pool: true });
    await pool.sendMail(verification);
    await mailbox.close();
    await expect(pool.sendMail(verification)).rejects.toThrow();

    mailbox = await startMailbox({ port: Number(new URL(mailbox.smtpUrl).port) });
    await pool.sendMail(verification);
    pool.close();
    expect(mailbox.messages()).toHaveLength(1);
  });
});
