import { afterEach, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { PortTakenError } from '../process/port-taken.error.ts';
import { type MailCatcher, startMailCatcher } from './start-mail-catcher.ts';

let catcher: MailCatcher;
afterEach(() => catcher.stop());

describe('the mail catcher', () => {
  it('shows a mail on its page and answers it as JSON', async () => {
    catcher = await startMailCatcher();
    await createTransport(catcher.smtpUrl).sendMail({ from: 'a@x.example', to: 'b@x.example', subject: 'Hello' });

    expect((await fetch(catcher.webUrl)).headers.get('content-type')).toContain('text/html');
    expect(await (await fetch(`${catcher.webUrl}/email`)).json()).toMatchObject([{ subject: 'Hello' }]);
  });

  it('says which of its two ports is taken', async () => {
    catcher = await startMailCatcher();
    const webPort = Number(new URL(catcher.webUrl).port);
    await expect(startMailCatcher({ webPort })).rejects.toThrow(new PortTakenError(webPort, 'The mail catcher'));
  });
});
