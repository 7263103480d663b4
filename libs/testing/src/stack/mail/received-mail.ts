import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';

/** A mail as parsed by postal-mime (subject, text, html, headers …), and how it came. */
export interface ReceivedMail extends Email {
  /** Of the SMTP transaction: who it was really sent to (RFC 5321 §2.3.1). */
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  /** As it came over the wire. */
  readonly raw: string;
}

export async function receiveMail(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<ReceivedMail> {
  const raw = await buffer(stream);
  const { mailFrom, rcptTo } = session.envelope;
  const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) };
  return { ...(await PostalMime.parse(raw)), envelope, raw: raw.toString() };
}
