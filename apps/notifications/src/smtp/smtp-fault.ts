import { z } from 'zod';

/** What nodemailer says of a failure; its messages quote the server, and with it the recipient. */
const Reported = z.object({
  code: z.string().optional(),
  responseCode: z.number().optional(),
  permanent: z.boolean().optional(),
});

/** The codes of what is about this mail: its sender, its recipient, its content. All others are about the server. */
const OF_THE_MAIL = ['EENVELOPE', 'EMESSAGE'];

/** `away`: no mail can be sent now; `deferred`: not this one now; `refused`: not this one, ever (RFC 5321 §4.2.1). */
export type SmtpFaultKind = 'away' | 'deferred' | 'refused';

/** Why the mail server did not take a mail, without an address in it. */
export class SmtpFault extends Error {
  override readonly name = 'SmtpFault';

  private constructor(
    readonly kind: SmtpFaultKind,
    readonly code: string,
  ) {
    super(`The mail server did not take a mail: ${code}`);
  }

  static of(error: unknown): SmtpFault {
    const { code = 'unknown', responseCode, permanent = true } = Reported.safeParse(error).data ?? {};
    const told = responseCode === undefined ? code : `${code} ${responseCode}`;
    if (!OF_THE_MAIL.includes(code)) return new SmtpFault('away', told);
    // Without an answer of the server's it was our side that could not word it, and will not the next time.
    return new SmtpFault(permanent ? 'refused' : 'deferred', told);
  }
}
